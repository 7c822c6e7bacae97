import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import './app.css';
import { useDesk } from './desk.js';
import { listenToKeys } from './keys/listen.js';
import { Announcer } from './panels/announcer/announcer.js';
import { Banner } from './panels/banner/banner.js';
import { CameraCard } from './panels/camera-card/camera-card.js';
import { Header } from './panels/header/header.js';
import { InterruptionNotice } from './panels/interruption/interruption-notice.js';
import { Notices } from './panels/notices/notices.js';
import { PatternNotice } from './panels/pattern-notice/pattern-notice.js';
import { ShortcutsDialog } from './panels/shortcuts/shortcuts-dialog.js';
import { SignIn } from './panels/sign-in/sign-in.js';
import { VIEWS } from './views/views.js';

/** The whole page: one bar that is always there, and a view below it. */
export function App() {
  const desk = useDesk();
  const helpOpen = useSignal(false);
  useEffect(() => listenToKeys(desk, () => (helpOpen.value = true)), [desk, helpOpen]);
  const offered = useComputed(() => VIEWS.filter(({ isFor }) => isFor?.(desk.may.value) ?? true));
  const view = useComputed(() => offered.value.find(({ id }) => id === desk.place.value.view) ?? VIEWS[0]);
  useSignalEffect(() => {
    const words = desk.texts.value;
    document.documentElement.lang = desk.preferences.language.value;
    const name = desk.hall.wall.value?.wall.name ?? null;
    document.title = [words.views.names[view.value.id], name, words.title].filter((part) => part !== null).join(' · ');
  });
  const link = desk.link.state.value;
  const offline = desk.hall.wall.value !== null && link.kind !== 'open';
  const { id, Content } = view.value;
  return (
    <div class={`desk ${offline ? 'is-offline' : ''}`}>
      <Banner />
      <Header
        views={link.kind === 'sign-in' ? [] : offered.value.map((each) => each.id)}
        view={id}
        onShortcuts={() => (helpOpen.value = true)}
      />
      {link.kind === 'sign-in' ? (
        <SignIn refused={link.refused} lockedUntilMs={link.lockedUntilMs} />
      ) : (
        <main class={`view ${id}-view`}>
          <Content key={id} />
        </main>
      )}
      {link.kind !== 'sign-in' && (
        <div class="lasting-notices">
          <InterruptionNotice />
          <PatternNotice />
        </div>
      )}
      <Notices />
      <Announcer />
      <CameraCard />
      <ShortcutsDialog open={helpOpen} />
    </div>
  );
}
