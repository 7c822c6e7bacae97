import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateFiles } from '../../scripts/generated-files.js';

const root = new URL('../../', import.meta.url);

describe('generated files', () => {
  it('are fresh: otherwise run npm run build && npm run generate', async () => {
    for (const { path, content } of await generateFiles(root)) {
      expect(readFileSync(new URL(path, root), 'utf8'), path).toBe(content);
    }
  });
});
