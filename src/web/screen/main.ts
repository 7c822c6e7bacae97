import './screen.css';
import { Bar } from './bar.js';
import { ScreenConnection } from './connection.js';
import { FrameStatistics } from './frame-statistics.js';
import { attachGestures } from './gestures.js';
import type { ScreenPageState } from './page-state.js';
import { SignalPlate } from './signal-plate.js';
import { Stage } from './stage.js';
import { chosenLanguage, rememberLanguage, wordsOf } from './words.js';

/**
 * `/screen`: the simulated LED screen as somebody in the street sees it. What the screen latched arrives over a
 * WebSocket (`connection.ts`), is drawn LED by LED (`stage.ts`, `webgl-painter.ts`, `shaders.ts`), and judged: a picture
 * that is not of now is dimmed and says so (`frame-statistics.ts`, `signal-plate.ts`).
 */

const UPDATE_MS = 200;

function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element ${id}`);
  return element;
}

let language = chosenLanguage(location.search, localStorage);
let words = wordsOf(language);
let size: { widthPx: number; heightPx: number } | null = null;

const statistics = new FrameStatistics(performance.now());
const surface = elementOf('stage');
const barElement = elementOf('bar');
const plate = new SignalPlate(elementOf('signal'));
/** `?renderer=webgl2` draws with WebGL even where the processor has to compute it. */
const softwareToo = new URLSearchParams(location.search).get('renderer') === 'webgl2';
const stage = new Stage(surface, barElement, softwareToo, update);
const bar = new Bar(barElement, {
  zoomIn: () => {
    stage.zoom(1.6);
  },
  zoomOut: () => {
    stage.zoom(1 / 1.6);
  },
  fit: () => {
    stage.fit();
  },
  fullScreen: () => {
    void (document.fullscreenElement === null
      ? document.documentElement.requestFullscreen()
      : document.exitFullscreen());
  },
  switchLanguage: () => {
    language = language === 'en' ? 'zh-CN' : 'en';
    rememberLanguage(language, localStorage);
    speak();
  },
});

function speak(): void {
  words = wordsOf(language);
  document.documentElement.lang = language;
  document.title = words.title;
  surface.setAttribute('aria-label', words.screen);
  bar.speak(words);
  update();
}

function update(): void {
  const nowMs = performance.now();
  stage.setLive(plate.update(words, statistics, nowMs));
  bar.update(words, { size, statistics, simplified: stage.renderer === 'canvas2d', nowMs });
}

window.glasshallScreen = {
  get frameNumber() {
    return statistics.frameNumber;
  },
  get framesPerSecond() {
    return statistics.framesPerSecond(performance.now());
  },
  get renderer() {
    return stage.renderer;
  },
  get view() {
    return stage.view;
  },
} satisfies ScreenPageState;

attachGestures(surface, stage);
speak();
setInterval(update, UPDATE_MS);

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
new ScreenConnection(`${scheme}://${location.host}/screen/frames`, {
  onConnected: (connected) => {
    statistics.setConnected(connected);
    update();
  },
  onPicture: (header, picture) => {
    const wasLive = statistics.signal(performance.now()) === 'live';
    size = { widthPx: picture.widthPx, heightPx: picture.heightPx };
    statistics.arrived(header, performance.now());
    stage.show(picture);
    if (!wasLive) update();
  },
});
