import { TICKER_SOURCE } from '../layout/layout.js';
import type { Finding } from './problems.js';
import { templateFindings } from './template-checks.js';
import type { ValidParts } from './valid-parts.js';

/** Whether the running line can be understood, asks for counts that exist, and is there where a layout shows it. */
export function tickerFindings(parts: ValidParts): Finding[] {
  if (parts.tickerText === null) return parts.tickerWritten ? [] : missingTicker(parts);
  return templateFindings(parts.tickerText, ['ticker', 'text'], parts);
}

function missingTicker(parts: ValidParts): Finding[] {
  const index = parts.layouts.findIndex((layout) =>
    layout?.cells === undefined
      ? layout?.areas?.split(/\s+/).includes(TICKER_SOURCE)
      : layout.cells.some((cell) => cell.source === TICKER_SOURCE),
  );
  if (index < 0) return [];
  return [
    {
      code: 'missing',
      path: ['ticker'],
      message: `layouts[${index}] shows the ticker, and there is none`,
      mend: 'add ticker: { text: "…" }',
    },
  ];
}
