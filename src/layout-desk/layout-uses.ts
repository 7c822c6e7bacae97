import type { Configuration } from '../config/schema.js';
import type { LayoutUse } from '../control/layout-desk.js';
import type { SwitcherState } from '../switcher/state.js';

/**
 * What a layout is needed for, the nearest first.
 * @param configuration of which tours and schedule are looked through; null where it is not to be had
 */
export function usesOf(
  layout: string,
  { program, preview, studioMode }: Pick<SwitcherState, 'program' | 'preview' | 'studioMode'>,
  configuration: Pick<Configuration, 'tours' | 'schedule'> | null,
): readonly LayoutUse[] {
  const tours = configuration?.tours ?? [];
  const { rules = [], otherwise = null } = configuration?.schedule ?? {};
  return [
    ...use(program === layout, 'program', null),
    ...use(studioMode && preview === layout, 'preview', null),
    ...tours.flatMap(({ name, stops }) =>
      use(
        stops.some((stop) => stop.layout === layout),
        'tour',
        name,
      ),
    ),
    ...rules.flatMap(({ name, when, show }) => use(show === layout, 'schedule', name ?? when.text)),
    ...use(otherwise === layout, 'schedule', null),
  ];
}

function use(isUsed: boolean, kind: LayoutUse['kind'], name: string | null): readonly LayoutUse[] {
  return isUsed ? [{ kind, name }] : [];
}
