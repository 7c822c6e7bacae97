import type { VENDOR_NAME } from '../../../control/vendor.js';

/** The vendor's name; its type comes from the server's schemas, which are not bundled into the page. */
export const VENDOR: typeof VENDOR_NAME = 'glasshall';
