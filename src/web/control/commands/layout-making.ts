import type { VendorResponse } from '../../../control/vendor.js';
import type { VendorRequestData } from '../protocol/vendor-call.js';
import type { CommandRunner } from './runner.js';

/** The layouts of the configuration and the drafts beside it. */
export type LayoutCatalogue = VendorResponse<'GetLayouts'> & VendorResponse<'GetLayoutDrafts'>;

/** Making layouts. */
export type LayoutMakingCommands = {
  /** Everything there is now; null where it cannot be had. */
  catalogue(): Promise<LayoutCatalogue | null>;
  save(request: VendorRequestData<'SaveLayout'>): Promise<boolean>;
  remove(request: VendorRequestData<'DeleteLayout'>): Promise<boolean>;
  saveDraft(request: VendorRequestData<'SaveLayoutDraft'>): Promise<boolean>;
  removeDraft(id: string): Promise<boolean>;
};

export function layoutMakingCommands(runner: CommandRunner): LayoutMakingCommands {
  return {
    catalogue: async () => {
      const [layouts, drafts] = await Promise.all([
        runner.ask('layouts', ({ editor }) => editor.loadFailed, 'GetLayouts', {}),
        runner.ask('layouts', ({ editor }) => editor.loadFailed, 'GetLayoutDrafts', {}),
      ]);
      return layouts === null || drafts === null ? null : { ...layouts, ...drafts };
    },
    save: (request) => runner.call('save-layout', ({ editor }) => editor.saveFailed, 'SaveLayout', request),
    remove: (request) => runner.call('remove-layout', ({ editor }) => editor.removeFailed, 'DeleteLayout', request),
    saveDraft: (request) => runner.call('save-draft', ({ editor }) => editor.draftFailed, 'SaveLayoutDraft', request),
    removeDraft: (draft) =>
      runner.call('remove-draft', ({ editor }) => editor.removeDraftFailed, 'DeleteLayoutDraft', { draft }),
  };
}
