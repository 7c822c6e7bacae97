/** Keeps a tablet's screen on while the page is in front, where the browser allows it (secure contexts only). */
export function keepScreenOn(): void {
  if (!('wakeLock' in navigator)) return;
  const request = (): void => {
    if (document.visibilityState !== 'visible') return;
    // Refused on low battery, for instance; asked for again when the page next comes to the front.
    navigator.wakeLock.request('screen').catch((thrown: unknown) => console.warn('the screen may go dark', thrown));
  };
  document.addEventListener('visibilitychange', request);
  request();
}
