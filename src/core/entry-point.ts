import { projectRoot } from './project-root.js';

/**
 * The address of a compiled module that runs as a thread or process of its own. Threads and processes run the build in
 * `dist`; when the caller itself runs from source (as in tests), the address is moved there.
 * @param callerUrl `import.meta.url` of the caller
 * @param relative the module beside the caller, with its `.js` ending
 */
export function entryPoint(callerUrl: string, relative: string): URL {
  const url = new URL(relative, callerUrl);
  if (!callerUrl.endsWith('.ts')) return url;
  return new URL(`dist/${url.pathname.slice(projectRoot.pathname.length)}`, projectRoot);
}
