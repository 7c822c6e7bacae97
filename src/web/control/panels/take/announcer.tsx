import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { layoutOf } from '../../state/hall.js';

type Shown = { readonly program: string; readonly preview: string; readonly blackout: boolean };

/** Says what came of a press, or of somebody else's: also for those who do not look at the pictures. */
export function Announcer() {
  const { hall, texts } = useDesk();
  const said = useSignal('');
  const before = useRef<Shown | null>(null);
  useSignalEffect(() => {
    const wall = hall.wall.value;
    if (wall === null) return;
    const last = before.current;
    before.current = { program: wall.program, preview: wall.preview, blackout: wall.blackout };
    if (last === null) return;
    const words = texts.peek().take;
    const nameOf = (id: string): string => layoutOf(wall, id)?.name ?? id;
    if (last.blackout !== wall.blackout) said.value = wall.blackout ? words.wentBlack : words.cameBack;
    else if (last.program !== wall.program) said.value = words.onAir(nameOf(wall.program));
    else if (last.preview !== wall.preview) said.value = words.prepared(nameOf(wall.preview));
  });
  return (
    <p class="take-said" role="status">
      {said.value}
    </p>
  );
}
