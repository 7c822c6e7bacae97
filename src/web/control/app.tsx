import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import './app.css';
import { useDesk } from './desk.js';
import { listenToKeys } from './keys/listen.js';
import { Banner } from './panels/banner/banner.js';
import { Monitor } from './panels/buses/monitor.js';
import { CamerasPanel } from './panels/cameras/cameras-panel.js';
import { CellsPanel } from './panels/cells/cells-panel.js';
import { CountsPanel } from './panels/counts/counts-panel.js';
import { Header } from './panels/header/header.js';
import { LayoutsPanel } from './panels/layouts/layouts-panel.js';
import { Notices } from './panels/notices/notices.js';
import { OutputsPanel } from './panels/outputs/outputs-panel.js';
import { ShortcutsDialog } from './panels/shortcuts/shortcuts-dialog.js';
import { SignIn } from './panels/sign-in/sign-in.js';
import { TakePanel } from './panels/take/take-panel.js';
import { TickerPanel } from './panels/ticker/ticker-panel.js';

/** The whole page: what must be seen first stands first, also for a screen reader. */
export function App() {
  const desk = useDesk();
  const helpOpen = useSignal(false);
  useEffect(() => listenToKeys(desk, () => (helpOpen.value = true)), [desk, helpOpen]);
  useSignalEffect(() => {
    document.documentElement.lang = desk.preferences.language.value;
    const name = desk.hall.wall.value?.wall.name;
    document.title = name === undefined ? desk.texts.value.title : `${name} · ${desk.texts.value.title}`;
  });
  const link = desk.link.state.value;
  const offline = desk.hall.wall.value !== null && link.kind !== 'open';
  return (
    <div class={`desk ${offline ? 'is-offline' : ''}`}>
      <Banner />
      <Header onShortcuts={() => (helpOpen.value = true)} />
      {link.kind === 'sign-in' ? <SignIn refused={link.refused} /> : <Panels />}
      <Notices />
      <ShortcutsDialog open={helpOpen} />
    </div>
  );
}

function Panels() {
  return (
    <main class="desk-panels">
      <div class="desk-buses">
        <Monitor bus="preview" />
        <TakePanel />
        <Monitor bus="program" />
      </div>
      <div class="desk-main">
        <LayoutsPanel />
        <CamerasPanel />
        <TickerPanel />
      </div>
      <div class="desk-side">
        <CellsPanel />
        <CountsPanel />
        <OutputsPanel />
      </div>
    </main>
  );
}
