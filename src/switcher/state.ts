/** What the operators decided, and nothing else: immutable, small, serialisable. Who shows what follows from it. */
export type SwitcherState = {
  /** Rises by one with every command that changed something. */
  readonly revision: number;
  /** With studio mode there is a preview; without, selecting a layout puts it on air. */
  readonly studioMode: boolean;
  /** Layout id on air. */
  readonly program: string;
  /** Layout id being prepared; kept, but not offered, while studio mode is off. */
  readonly preview: string;
  /** Layout id → cell id → source id, where it differs from the configuration. */
  readonly cellSources: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Layout id → ids of cells that are switched off. */
  readonly hiddenCells: Readonly<Record<string, readonly string[]>>;
  /** The ticker template. */
  readonly tickerText: string;
  /** What runs instead of the ticker's text, in colours of its own, until a moment (epoch milliseconds). Plain words. */
  readonly urgentMessage: UrgentMessage | null;
  /** How the program changes: at once, or fading over `fadeMs`. */
  readonly transition: 'cut' | 'fade';
  /** 50 to 20,000 milliseconds. */
  readonly fadeMs: number;
  /** The whole wall black, on purpose. */
  readonly blackout: boolean;
  /** Why, in the words of whoever decided it; null while it is not black, or nobody said. */
  readonly blackoutReason: string | null;
  /** Per cent of full light that an operator asked for; null: automatic. What the law allows is less at times. */
  readonly brightness: number | null;
  /** The whole wall stands still, on purpose, and says so. */
  readonly freeze: boolean;
  readonly freezeReason: string | null;
  /** Who chooses what is on air. */
  readonly automation: Automation;
};

/** Something that everybody has to read now, and not any longer than that. */
export type UrgentMessage = { readonly text: string; readonly untilMs: number };

/**
 * Who chooses what is on air: people (with `untilMs`, epoch milliseconds, until then, and the schedule after it), a tour,
 * or the schedule.
 */
export type Automation =
  | { readonly mode: 'manual'; readonly untilMs: number | null }
  | { readonly mode: 'tour'; readonly tour: string }
  | { readonly mode: 'schedule' };

/** What an operator can ask for. */
export type SwitcherCommand =
  | { readonly kind: 'set-preview'; readonly layout: string }
  | { readonly kind: 'set-program'; readonly layout: string }
  /** Preview goes on air, and what was on air becomes the preview. */
  | { readonly kind: 'take' }
  | { readonly kind: 'set-studio-mode'; readonly enabled: boolean }
  | { readonly kind: 'set-cell-source'; readonly layout: string; readonly cell: string; readonly source: string }
  | { readonly kind: 'set-cell-enabled'; readonly layout: string; readonly cell: string; readonly enabled: boolean }
  | { readonly kind: 'set-ticker'; readonly text: string }
  /** Until `untilMs`, epoch milliseconds; in place of the one that may be there. */
  | { readonly kind: 'show-urgent-message'; readonly text: string; readonly untilMs: number }
  | { readonly kind: 'end-urgent-message' }
  | { readonly kind: 'set-transition'; readonly transition: 'cut' | 'fade'; readonly fadeMs?: number }
  | { readonly kind: 'set-blackout'; readonly on: boolean; readonly reason?: string | undefined }
  /** Per cent of full light; null: automatic. */
  | { readonly kind: 'set-brightness'; readonly percent: number | null }
  | { readonly kind: 'set-freeze'; readonly on: boolean; readonly reason?: string | undefined }
  | { readonly kind: 'start-tour'; readonly tour: string }
  /** People choose again; with `untilMs` (epoch milliseconds) until then, and the schedule after it. */
  | { readonly kind: 'hold'; readonly untilMs: number | null }
  /** The schedule chooses again. */
  | { readonly kind: 'follow-schedule' }
  /** A tour or the schedule puts a layout on air. Given by the service alone. */
  | { readonly kind: 'show-automatically'; readonly layout: string }
  /** Takes back the latest decision of a person that is not taken back yet. */
  | { readonly kind: 'undo' };
