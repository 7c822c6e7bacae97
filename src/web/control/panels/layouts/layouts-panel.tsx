import { useDesk } from '../../desk.js';
import { LayoutMiniature } from '../../parts/layout-miniature.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { isWritten } from '../../state/hall.js';
import type { Wall, WallLayout } from '../../state/hall.js';
import './layouts-panel.css';

/** All layouts with what they show now; a press prepares one. The first nine have a number key. */
export function LayoutsPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const wall = hall.wall.value;
  const layouts = wall?.layouts.filter(isWritten) ?? [];
  return (
    <Panel
      id="layouts"
      heading={words.layouts.heading}
      aside={
        <span class="panel-note">{wall?.studioMode === false ? words.layouts.hintDirect : words.layouts.hint}</span>
      }
    >
      {wall === null && <LayoutsLoading />}
      {wall !== null && layouts.length === 0 && <Nothing words={words.layouts.empty} />}
      {wall !== null && (
        <ul class="layouts-list">
          {layouts.map((layout, index) => (
            <li key={layout.id}>
              <LayoutButton wall={wall} layout={layout} position={index + 1} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function LayoutButton(props: { readonly wall: Wall; readonly layout: WallLayout; readonly position: number }) {
  const { texts, commands, may, preferences } = useDesk();
  const { wall, layout, position } = props;
  const words = texts.value;
  const onAir = wall.program === layout.id;
  const prepared = wall.studioMode && wall.preview === layout.id;
  return (
    <button
      type="button"
      class={`picture-button layout-button ${onAir ? 'is-program' : ''} ${prepared ? 'is-preview' : ''}`}
      aria-pressed={wall.studioMode ? prepared : onAir}
      disabled={!may.value.operate}
      onClick={() => void commands.switching.selectLayout(layout.id)}
    >
      <LayoutMiniature wall={wall} layout={layout} />
      <span class="layout-caption">
        {position <= 9 && preferences.shortcuts.value && <kbd aria-hidden="true">{position}</kbd>}
        <span class="layout-name">{layout.name}</span>
        {prepared && <span class="mark is-preview">{words.buses.previewShort}</span>}
        {onAir && <span class="mark is-program">{words.buses.programShort}</span>}
      </span>
    </button>
  );
}

function LayoutsLoading() {
  const { texts } = useDesk();
  return (
    <div class="layouts-list" aria-busy="true" aria-label={texts.value.loading}>
      {[1, 2, 3, 4].map((key) => (
        <div key={key} class="picture-button layout-button placeholder" />
      ))}
    </div>
  );
}
