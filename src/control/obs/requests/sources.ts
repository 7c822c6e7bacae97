import { z } from 'zod';
import type { PictureView } from '../../engine.js';
import { nameField, requireSource, sourceFields } from '../lookups.js';
import { requestStatus } from '../protocol.js';
import { RequestRefusal, defineRequest, type RequestContext, type RequestDefinition } from '../request.js';

/** Formats in which a screenshot can be asked for. */
export const SUPPORTED_IMAGE_FORMATS = ['jpeg', 'jpg', 'png'] as const;

const sizeField = z.number().min(8).max(4_096).optional();

/** Where the picture of a source is composed, or null where it is nowhere. */
function viewOf(source: ReturnType<typeof requireSource>, context: RequestContext): PictureView | null {
  if (source.type === 'input') return source.tile === null ? null : { kind: 'camera', camera: source.tile.camera };
  const state = context.engine.state();
  if (source.layout.id === state.program) return { kind: 'program' };
  return state.studioMode && source.layout.id === state.preview ? { kind: 'preview' } : null;
}

/** Ids of the sources that a layout shows now. */
function shownSources(layoutId: string, context: RequestContext): readonly string[] {
  const scene = context.catalogue.sceneOfLayout(layoutId);
  if (scene === null) return [];
  return context.catalogue
    .items(scene.layout)
    .filter((item) => item.enabled)
    .map((item) => item.source);
}

/** "Sources Requests": scenes and inputs alike. */
export const sourceRequests: Readonly<Record<string, RequestDefinition>> = {
  GetSourceActive: defineRequest({
    summary: 'Says whether a layout or input is on air, and whether it is there or on the preview.',
    request: z.object(sourceFields),
    response: z.object({ videoActive: z.boolean(), videoShowing: z.boolean() }),
    minimumRole: 'viewer',
    answer: (data, context) => {
      const source = requireSource(data, context);
      const state = context.engine.state();
      const shows = (layoutId: string): boolean =>
        source.type === 'scene'
          ? source.layout.id === layoutId
          : shownSources(layoutId, context).includes(source.source);
      const videoActive = shows(state.program);
      return { videoActive, videoShowing: videoActive || (state.studioMode && shows(state.preview)) };
    },
  }),

  GetSourceScreenshot: defineRequest({
    summary: 'Gives the picture of a camera, or of the layout on air or prepared, as a data URL.',
    request: z.object({
      ...sourceFields,
      imageFormat: nameField,
      imageWidth: sizeField,
      imageHeight: sizeField,
      imageCompressionQuality: z.number().min(-1).max(100).optional(),
    }),
    response: z.object({ imageData: z.string() }),
    minimumRole: 'viewer',
    answer: async (data, context) => {
      const source = requireSource(data, context);
      const format = SUPPORTED_IMAGE_FORMATS.find((supported) => supported === data.imageFormat);
      if (format === undefined) {
        const comment = 'Your specified image format is invalid or not supported by this system.';
        throw new RequestRefusal(requestStatus.invalidRequestField, comment);
      }
      const view = viewOf(source, context);
      if (view === null) {
        const comment =
          'Failed to render screenshot. Pictures exist of cameras and of the scenes on program and preview.';
        throw new RequestRefusal(requestStatus.requestProcessingFailed, comment);
      }
      const quality = Math.round(data.imageCompressionQuality ?? -1);
      const snapshot = await context.snapshots.take({
        view,
        format: format === 'png' ? 'png' : 'jpeg',
        widthPx: data.imageWidth === undefined ? null : Math.floor(data.imageWidth),
        heightPx: data.imageHeight === undefined ? null : Math.floor(data.imageHeight),
        quality: quality === -1 ? null : quality,
      });
      return { imageData: `data:image/${format};base64,${snapshot.bytes.toString('base64')}` };
    },
  }),
};
