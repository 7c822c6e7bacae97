import type { CommandName } from '../../src/control/commands/registry.js';
import type { Role } from '../../src/control/options.js';
import { tokens } from './open-hall.js';

/** Who may do what, as people were promised. Written by hand: the registries are compared with it. */
type Row = readonly [role: Role, data: Readonly<Record<string, unknown>>];

const round = { id: 'new', name: '新', stops: [{ layout: 'hall', dwellMs: 20_000 }] };
const drawn = { id: 'new', name: '新', cells: [] };

/** Every command, in an order in which each of them can be carried out; by every way on which commands travel. */
export const commandRows: Readonly<Record<CommandName, readonly Row[]>> = {
  'set-preview': [['operator', { layout: 'windows' }]],
  'set-program': [['operator', { layout: 'windows' }]],
  take: [['operator', {}]],
  undo: [['operator', {}]],
  'set-studio-mode': [['operator', { enabled: true }]],
  'set-cell-source': [['operator', { layout: 'hall', cell: 'lobby', source: 'window-a' }]],
  'set-cell-enabled': [
    ['guard', { layout: 'hall', cell: 'lobby', enabled: false }],
    ['operator', { layout: 'hall', cell: 'lobby', enabled: true }],
  ],
  'set-ticker': [['operator', { text: '你好' }]],
  'show-urgent-message': [['operator', { text: '请从西门离开', untilMs: Date.now() + 600_000 }]],
  'end-urgent-message': [['operator', {}]],
  'set-transition': [['operator', { transition: 'fade', fadeMs: 300 }]],
  'set-blackout': [
    ['guard', { on: true, reason: '消防演练' }],
    ['operator', { on: false }],
  ],
  'set-freeze': [
    ['operator', { on: true }],
    ['operator', { on: false }],
  ],
  'set-brightness': [['operator', { percent: 40 }]],
  'start-tour': [['operator', { tour: 'round' }]],
  hold: [['operator', { untilMs: null }]],
  'follow-schedule': [['operator', {}]],
  'show-test-pattern': [['operator', { pattern: 'grid', confirm: true }]],
  'stop-test-pattern': [['operator', {}]],
  'move-camera': [['operator', { camera: 'lobby', pan: 0.5, tilt: -0.25 }]],
  'stop-camera': [['operator', { camera: 'lobby' }]],
  'home-camera': [['operator', { camera: 'lobby' }]],
  'recall-camera-preset': [['operator', { camera: 'lobby', preset: '1' }]],
  'save-camera-preset': [['operator', { camera: 'lobby', name: '窗口' }]],
  'remove-camera-preset': [['operator', { camera: 'lobby', preset: '1' }]],
  'save-layout': [['admin', { layout: drawn, replaces: null, fileRevision: 'first' }]],
  'delete-layout': [['admin', { layout: 'new', fileRevision: 'second' }]],
  'save-tour': [['admin', { tour: round, replaces: null, fileRevision: 'first' }]],
  'delete-tour': [['admin', { tour: 'new', fileRevision: 'second' }]],
  'save-schedule-rules': [
    ['admin', { rules: [{ when: 'open', show: 'hall' }], otherwise: 'windows', fileRevision: 'third' }],
  ],
  'save-layout-draft': [['operator', { id: 'draft', layout: drawn }]],
  'delete-layout-draft': [['operator', { draft: 'draft' }]],
  'reload-configuration': [['admin', {}]],
};

/** Each hotkey of `TriggerHotkeyByName`. */
export const hotkeyRows: readonly (readonly [role: Role, hotkey: string])[] = [
  ['operator', 'OBSBasic.Transition'],
  ['operator', 'OBSBasic.TogglePreviewProgram'],
  ['guard', 'glasshall.BlackoutOn'],
  ['operator', 'glasshall.BlackoutOff'],
  ['operator', 'glasshall.FreezeOn'],
  ['operator', 'glasshall.FreezeOff'],
  ['operator', 'glasshall.Undo'],
  ['operator', 'glasshall.FollowSchedule'],
];

/** A route: who may ask, and what comes of it. */
export type Route = {
  /** Null: anybody, who need not say who he is. */
  readonly role: Role | null;
  /** Where the route has parameters. */
  readonly path?: string;
  readonly body?: unknown;
  /** Of the answer to whoever may ask; 200 where nothing is said. */
  readonly status?: number;
};

const open = { role: null } as const;
const viewer = { role: 'viewer' } as const;

/** Every HTTP route but those of commands. */
export const routeRows: Readonly<Record<string, Route>> = {
  'GET /': open,
  'GET /screen': open,
  'GET /assets/*': { ...open, path: '/assets/index-1a2b3c.js' },
  'GET /:file(^[\\w-]+\\.(?:svg|ico|png|webmanifest|txt)$)': { ...open, path: '/robots.txt', status: 404 },
  'GET /healthz': open,
  'GET /readyz': open,
  'GET /metrics': open,
  'GET /api/v1/openapi.json': open,
  'GET /api/v1/session': open,
  'POST /api/v1/session': { ...open, body: { token: tokens.viewer } },
  'DELETE /api/v1/session': { ...open, status: 204 },
  'GET /api/v1/snapshot/program.png': viewer,
  'GET /api/v1/snapshot/preview.png': viewer,
  'GET /api/v1/snapshot/camera/:camera.jpg': { ...viewer, path: '/api/v1/snapshot/camera/lobby.jpg' },
  'GET /api/v1/outputs/:output.sdp': { ...viewer, path: '/api/v1/outputs/processor.sdp' },
  'GET /api/v1/wall': viewer,
  'GET /api/v1/tiles': viewer,
  'GET /api/v1/counts': viewer,
  'GET /api/v1/outputs': viewer,
  'GET /api/v1/controllers': viewer,
  'GET /api/v1/pixel-maps': viewer,
  'GET /api/v1/schedule': viewer,
  'GET /api/v1/test-patterns': viewer,
  'GET /api/v1/camera-presets': { ...viewer, path: '/api/v1/camera-presets?camera=lobby' },
  'GET /api/v1/layouts': viewer,
  'GET /api/v1/layout-drafts': viewer,
  'GET /api/v1/programme': viewer,
  'GET /api/v1/brightness': viewer,
  'GET /api/v1/service': viewer,
  'PUT /api/v1/counts/:id': { role: 'operator', path: '/api/v1/counts/queue', body: { waiting: 3 }, status: 204 },
  'PUT /api/v1/lux': { role: 'operator', body: { lux: 1_200 }, status: 204 },
  'GET /api/v1/audit': { role: 'admin' },
  'GET /api/v1/audit/at': { role: 'admin', path: '/api/v1/audit/at?time=2026-11-03T10:00:00Z' },
  'GET /api/v1/audit/verify': { role: 'admin' },
  'GET /api/v1/audit/export': { role: 'admin' },
  'GET /api/v1/log': { role: 'admin' },
};

/** WebSockets of the pages' port: who may open one. */
export const upgradeRows: Readonly<Record<string, Role | null>> = {
  // Whoever has not said who he is says it there.
  'UPGRADE /obs': null,
  'UPGRADE /pictures': 'viewer',
};

/** Every OSC address: what a named desk says. It is an operator who can give nothing back. */
export const addressRows: Readonly<Record<string, readonly (string | number)[]>> = {
  '/wall/1/layout': ['windows'],
  '/wall/1/preview': ['hall'],
  '/wall/1/take': [1],
  '/wall/1/blackout': [1],
  '/wall/1/hide': ['hall', 'lobby'],
  '/wall/1/ticker': ['今日休息'],
  '/wall/1/tour': ['round'],
  '/wall/1/schedule': [],
};

/** Every MQTT topic but the one of commands, which takes all of them. */
export const topicRows: Readonly<Record<string, readonly (readonly [role: Role, payload: string])[]>> = {
  'wall/1/program/set': [['operator', 'windows']],
  'wall/1/preview/set': [['operator', 'windows']],
  'wall/1/take/set': [['operator', '']],
  'wall/1/undo/set': [['operator', '']],
  'wall/1/blackout/set': [
    ['guard', 'ON'],
    ['operator', 'OFF'],
  ],
  'wall/1/freeze/set': [
    ['operator', 'ON'],
    ['operator', 'OFF'],
  ],
  'wall/1/ticker/set': [['operator', '你好']],
  'wall/1/brightness/set': [
    ['operator', '30'],
    ['operator', 'AUTO'],
  ],
  'wall/1/tour/set': [['operator', 'round']],
  'wall/1/schedule/set': [['operator', '']],
};

/** MQTT topics of sensors: what they say is a measurement and no command, so nobody is recorded. */
export const sensorTopicRows: Readonly<Record<string, readonly [role: Role, payload: string]>> = {
  'lux/set': ['operator', '1200'],
};
