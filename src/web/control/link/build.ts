/**
 * Whether the server now serves another build than the one that runs here: after an update, an open page
 * would speak yesterday's language. Built pages carry a hash in the name of their script.
 */
export async function isOtherBuild(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');
  if (own === null || own === undefined) return false;
  try {
    const response = await fetch('/', { cache: 'no-store' });
    return response.ok && !(await response.text()).includes(own);
  } catch {
    // Not reachable: the link says so already.
    return false;
  }
}
