const actor = { name: '李', role: 'operator', via: 'obs', from: '192.0.2.7' };
const atMs = Date.parse('2026-11-03T02:00:00Z');
const chain = { previous: '0', hash: '1' };

/** What `/api/v1/audit` answers. */
export const fakeEntries = [
  { ...chain, sequence: 5, atMs, kind: 'command', actor, command: 'take', data: {}, result: 'done', code: null },
  {
    ...chain,
    sequence: 4,
    atMs,
    kind: 'shown',
    actor,
    command: 'take',
    layout: { id: 'four', name: '四分屏' },
    cells: [],
  },
  {
    ...chain,
    sequence: 3,
    atMs,
    kind: 'tile',
    actor: null,
    camera: 'tax',
    name: '税务窗口',
    state: 'retrying',
    reason: 'timeout',
  },
  {
    ...chain,
    sequence: 2,
    atMs,
    kind: 'command',
    actor,
    command: 'take',
    data: {},
    result: 'refused',
    code: 'not-allowed',
  },
  { ...chain, sequence: 1, atMs, kind: 'blackout', actor, command: 'set-blackout', on: true },
];

/** What `/api/v1/audit/at` answers. */
export const fakeShownAt = {
  atMs,
  state: 'shown',
  wall: {
    layout: {
      value: { layout: { id: 'four', name: '四分屏' }, cells: [] },
      sinceMs: atMs,
      decision: { atMs, command: 'take', actor },
    },
  },
  cells: [
    { cell: 'a', source: 'lobby', name: '大厅' },
    { cell: 'b', source: 'ticker', name: null },
  ],
};

/** What `/api/v1/log` answers. */
export const fakeLog = {
  lines: [
    {
      atMs,
      level: 'error',
      part: 'configuration',
      message: 'the changed configuration is not used',
      details: { file: 'hall.yaml', problems: 1 },
    },
    {
      atMs: atMs - 5_000,
      level: 'warn',
      part: 'camera',
      message: 'no stream from the camera',
      details: { camera: 'tax', stream: 'warm', reason: 'timeout', attempt: 1 },
    },
  ],
};
