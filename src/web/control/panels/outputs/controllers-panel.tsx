import { useDesk } from '../../desk.js';
import { Nothing, Panel } from '../../parts/panel.js';
import { ControllerRow } from './controller-row.js';
import './outputs-panel.css';

/** What commands the cabinets: what is wanted of it, what it says, and in what the two differ. */
export function ControllersPanel() {
  const { hall, texts } = useDesk();
  const words = texts.value;
  const controllers = hall.controllers.value;
  return (
    <Panel id="controllers" heading={words.controllers.heading}>
      {controllers === null && <Nothing words={words.loading} />}
      {controllers?.length === 0 && <Nothing words={words.controllers.empty} />}
      <ul class="outputs-list">
        {controllers?.map((controller) => (
          <ControllerRow key={controller.controller} controller={controller} />
        ))}
      </ul>
    </Panel>
  );
}
