/** Languages of the page. Chinese unless somebody chose English. */
export type Language = 'zh-CN' | 'en';

/** Every text of the page. */
export type Words = {
  readonly title: string;
  readonly screen: string;
  readonly resolution: (widthPx: number, heightPx: number) => string;
  readonly framesPerSecond: (rate: string) => string;
  readonly age: (seconds: string) => string;
  readonly noFrameYet: string;
  readonly lostFrames: (count: number) => string;
  readonly lostPackets: (count: number) => string;
  readonly simplified: string;
  readonly waiting: string;
  readonly waitingDetail: string;
  readonly signalLost: string;
  readonly disconnected: string;
  readonly withoutFrame: (duration: string) => string;
  readonly reconnecting: string;
  readonly duration: (totalSeconds: number) => string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly fullScreen: string;
  readonly otherLanguage: string;
  readonly controls: string;
};

const chinese: Words = {
  title: 'LED 屏 · glasshall',
  screen: '模拟 LED 屏：滚轮或双指缩放，拖动平移，双击还原',
  resolution: (widthPx, heightPx) => `${widthPx} × ${heightPx} 点`,
  framesPerSecond: (rate) => `${rate} 帧/秒`,
  age: (seconds) => `最新画面 ${seconds} 秒前`,
  noFrameYet: '尚无画面',
  lostFrames: (count) => `丢 ${count} 帧`,
  lostPackets: (count) => `丢 ${count} 包`,
  simplified: '没有图形加速，以简化方式显示',
  waiting: '等待信号',
  waitingDetail: '屏幕还没有收到画面',
  signalLost: '信号中断',
  disconnected: '连接中断',
  withoutFrame: (duration) => `已 ${duration}没有新画面`,
  reconnecting: '正在重新连接屏幕',
  duration: (total) => {
    const hours = Math.floor(total / 3_600);
    const minutes = Math.floor((total % 3_600) / 60);
    if (hours > 0) return `${hours} 小时 ${minutes} 分`;
    return minutes > 0 ? `${minutes} 分 ${total % 60} 秒` : `${total} 秒`;
  },
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '适合窗口',
  fullScreen: '全屏',
  otherLanguage: 'English',
  controls: '显示控制',
};

const english: Words = {
  title: 'LED screen · glasshall',
  screen: 'Simulated LED screen: wheel or pinch to zoom, drag to move, double-click to fit',
  resolution: (widthPx, heightPx) => `${widthPx} × ${heightPx} dots`,
  framesPerSecond: (rate) => `${rate} frames/s`,
  age: (seconds) => `last picture ${seconds} s ago`,
  noFrameYet: 'no picture yet',
  lostFrames: (count) => `${count} frames lost`,
  lostPackets: (count) => `${count} packets lost`,
  simplified: 'no graphics acceleration: simplified drawing',
  waiting: 'Waiting for signal',
  waitingDetail: 'The screen has not received a picture yet',
  signalLost: 'Signal lost',
  disconnected: 'Disconnected',
  withoutFrame: (duration) => `No new picture for ${duration}`,
  reconnecting: 'Reconnecting to the screen',
  duration: (total) => {
    const hours = Math.floor(total / 3_600);
    const minutes = Math.floor((total % 3_600) / 60);
    if (hours > 0) return `${hours} h ${minutes} min`;
    return minutes > 0 ? `${minutes} min ${total % 60} s` : `${total} s`;
  },
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit to window',
  fullScreen: 'Full screen',
  otherLanguage: '中文',
  controls: 'View controls',
};

const STORAGE_KEY = 'glasshall.screen.language';

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return language === 'en' ? english : chinese;
}

/** `?lang=en` of the address, else what was chosen in this browser before, else Chinese. */
export function chosenLanguage(search: string, storage: Pick<Storage, 'getItem'>): Language {
  const asked = new URLSearchParams(search).get('lang') ?? storage.getItem(STORAGE_KEY);
  return asked === 'en' ? 'en' : 'zh-CN';
}

/** Remembers a choice in this browser. */
export function rememberLanguage(language: Language, storage: Pick<Storage, 'setItem'>): void {
  storage.setItem(STORAGE_KEY, language);
}
