import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { useDesk } from '../../desk.js';
import { layoutOf } from '../../state/hall.js';

type Shown = {
  readonly program: string;
  readonly preview: string;
  readonly blackout: boolean;
  readonly freeze: boolean;
};

/** Says what came of a press, or of somebody else's: also for those who do not look at the pictures. */
export function Announcer() {
  const { hall, texts } = useDesk();
  const said = useSignal('');
  const before = useRef<Shown | null>(null);
  useSignalEffect(() => {
    const wall = hall.wall.value;
    if (wall === null) return;
    const last = before.current;
    const { program, preview, blackout, freeze } = wall;
    before.current = { program, preview, blackout, freeze };
    if (last === null) return;
    const words = texts.peek().take;
    const nameOf = (id: string): string => layoutOf(wall, id)?.name ?? id;
    if (last.blackout !== blackout) said.value = blackout ? words.wentBlack : words.cameBack;
    else if (last.freeze !== freeze) said.value = freeze ? words.froze : words.thawed;
    else if (last.program !== program) said.value = words.onAir(nameOf(program));
    else if (last.preview !== preview) said.value = words.prepared(nameOf(preview));
  });
  return (
    <p class="visually-hidden" role="status">
      {said.value}
    </p>
  );
}
