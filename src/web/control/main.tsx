/**
 * The operators' control page: a client of the public protocol like any other (obs-websocket v5 at `/obs`, pictures at
 * `/pictures`). protocol → link → state (signals) → panels; commands go the other way and change nothing here themselves.
 * Every colour is a token (style/tokens.css), every word stands in i18n, pictures are painted outside the framework.
 */
import { render } from 'preact';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';
import { App } from './app.js';
import { createDesk, DeskContext } from './desk.js';
import { keepScreenOn } from './link/wake-lock.js';
import { followTheme } from './style/theme.js';

const root = document.getElementById('desk');
if (root === null) throw new Error('the page has no place for the desk');

const desk = createDesk();
keepScreenOn();
followTheme(desk.preferences.theme);
render(
  <DeskContext.Provider value={desk}>
    <App />
  </DeskContext.Provider>,
  root,
);
