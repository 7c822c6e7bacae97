import { useDesk } from '../../desk.js';
import { durationWords } from '../../i18n/languages.js';
import { Icon } from '../../parts/icon.js';
import type { Brightness } from '../../state/hall.js';

/** What the light sensor reads, how old that is, and whether it is believed. */
export function LightLine({ brightness }: { readonly brightness: Brightness }) {
  const { texts, serverNow } = useDesk();
  const { brightness: words, number } = texts.value;
  const { light, isLightStale } = brightness;
  const age = light === null ? '' : durationWords(texts.value, serverNow() - light.atMs);
  const lux = light === null ? '' : number(Math.round(light.lux));
  if (!isLightStale) return <span>{light === null ? words.light.none : words.light.reading(lux, age)}</span>;
  return (
    <span class="brightness-warning">
      <Icon name="warning" />
      {light === null ? words.light.stale : words.light.staleSince(lux, age)}
    </span>
  );
}
