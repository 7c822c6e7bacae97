const BAR_WIDTH = 28;
let lastLine = '';

/** A progress bar on one line where a person looks on, a line for every tenth elsewhere. */
export function showProgress(fraction: number, label: string): void {
  const done = Math.round(fraction * BAR_WIDTH);
  const percent = `${Math.round(fraction * 100)}`.padStart(3);
  if (process.stderr.isTTY) {
    process.stderr.write(
      `\r排练画面 / rehearsal pictures  ${'█'.repeat(done)}${'░'.repeat(BAR_WIDTH - done)} ${percent} %  ${label}\x1b[K`,
    );
    if (fraction >= 1) process.stderr.write('\n');
    return;
  }
  const line = `排练画面 / rehearsal pictures ${Math.floor(fraction * 10) * 10} %`;
  if (line !== lastLine) process.stderr.write(`${line}\n`);
  lastLine = line;
}

/** Says where to look. */
export function say(isRehearsal: boolean, url: string, obsUrl: string): void {
  const lines = [
    '',
    isRehearsal ? '  glasshall · 排练大厅正在运行 / the rehearsal hall is running' : '  glasshall · 正在运行 / running',
    '',
    `  控制台 / control page   ${url}/`,
    ...(isRehearsal ? [`  LED 屏 / LED screen     ${url}/screen`] : []),
    `  obs-websocket           ${obsUrl}`,
    '',
    '  Ctrl-C 结束 / ends it',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
