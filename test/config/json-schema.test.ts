import { describe, expect, it } from 'vitest';
import { allowedKeys } from '../../src/config/json-schema.js';

describe('what may stand where', () => {
  it('follows the alternative that the given type chooses', () => {
    expect(allowedKeys(['counts', 0], { counts: [{ type: 'http' }] })).toContain('url');
    expect(allowedKeys(['counts', 0], { counts: [{ type: 'push' }] })).not.toContain('url');
    expect(allowedKeys(['cameras', 0, 'rtsp'], {}).sort()).toEqual(['main', 'password', 'sub', 'username']);
    expect(allowedKeys([], {})).toContain('layouts');
  });
});
