import type { Layout } from '../layout/layout.js';

/** Where a layout is needed. `name`: of the tour or rule, null for program and preview and for what is shown otherwise. */
export type LayoutUse = {
  readonly kind: 'program' | 'preview' | 'tour' | 'schedule';
  readonly name: string | null;
};

/** The layouts of the configuration file, and whether they can be saved there. */
export type EditableLayouts = {
  readonly file: {
    /** Without its folders. */
    readonly name: string;
    /** Digest of its content; null where it cannot be read. */
    readonly revision: string | null;
    /** `invalid`: the file has mistakes; the layouts are those that were read before. */
    readonly problem: 'read-only' | 'invalid' | 'unreadable' | null;
  };
  readonly layouts: readonly (Layout & {
    /** Written as a drawing of areas, and not as rectangles. */
    readonly drawn: boolean;
    readonly uses: readonly LayoutUse[];
  })[];
};

/** A layout that is to be written into the configuration. */
export type LayoutToSave = {
  readonly layout: Layout;
  /** Id of the layout that gives way to it; null for one more. */
  readonly replaces: string | null;
  /** `EditableLayouts.file.revision` of what was edited. */
  readonly fileRevision: string;
  /** The second yes that it takes to change what is on air. */
  readonly confirm: boolean;
};

/** A layout that somebody is working on. It need not make sense yet. */
export type LayoutDraft = {
  readonly id: string;
  readonly layout: Layout;
  readonly replaces: string | null;
  /** Epoch milliseconds. */
  readonly savedAtMs: number;
  /** Name of the person. */
  readonly by: string;
};

/** A draft as it is given. `ifSavedAtMs`: of the draft that it was made from; null for a new one. */
export type DraftToSave = Pick<LayoutDraft, 'id' | 'layout' | 'replaces'> & { readonly ifSavedAtMs: number | null };

/** Where layouts are made: the configuration file, and drafts beside it. */
export interface LayoutDesk {
  layouts(): Promise<EditableLayouts>;
  /**
   * Writes a layout into the configuration file, which is then in use.
   * @throws GlasshallError `configuration-changed`, `configuration-invalid`, `bad-layout`, `layout-in-use`, `unknown-layout`,
   * `confirmation-needed`, `layout-not-editable`, `configuration-read-only`, `configuration-mounted`, `configuration-not-written`
   */
  save(request: LayoutToSave): Promise<void>;
  /** Takes a layout out of the configuration file. @throws GlasshallError as `save` does */
  delete(request: { readonly layout: string; readonly fileRevision: string }): Promise<void>;
  /** The latest first. */
  drafts(): readonly LayoutDraft[];
  /**
   * Keeps a draft. @param by name of the person
   * @throws GlasshallError `draft-changed` (somebody else saved it meanwhile), `too-many-drafts`, `draft-too-large`, `draft-not-kept`
   */
  saveDraft(draft: DraftToSave, by: string): Promise<void>;
  /** @throws GlasshallError `unknown-draft`, `draft-not-kept` */
  deleteDraft(id: string): Promise<void>;
}
