/** How things are called in the configuration, so that protocols, addresses and files can name them as they are. */
export const IDENTIFIER = /^[a-z0-9][a-z0-9-]*$/;
