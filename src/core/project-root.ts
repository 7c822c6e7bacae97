/** The folder of the project, whether this runs from the build (`dist/src/core`) or from source (`src/core`). */
export const projectRoot = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
