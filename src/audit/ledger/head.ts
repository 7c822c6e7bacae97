import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Link } from './chain.js';
import { isMissing } from './folder.js';

/** Name of the file beside the log that says how far it goes. */
export const HEAD_NAME = 'audit.head';

const LARGEST_BYTES = 1_024;
const SEQUENCE_DIGITS = 15;
const FORM = /^\{"sequence": *\d+,"hash":"[0-9a-f]{64}"\}\n$/;

const head = z.object({ sequence: z.int().min(0), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** How far the log goes, as the file beside it says; `unreadable` where the file says nothing that can be believed, null where there is none. */
export type Head = Link | 'unreadable' | null;

/** The content of the file. Always of one length: there is room for it even on a full disk, and nothing is left of what stood there. */
export function headText({ sequence, hash }: Link): string {
  return `{"sequence":${String(sequence).padStart(SEQUENCE_DIGITS)},"hash":"${hash}"}\n`;
}

/** Reads an open head. @throws Error of the system */
export async function readOpenHead(file: FileHandle): Promise<Head> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LARGEST_BYTES), 0, LARGEST_BYTES, 0);
  if (bytesRead === 0) return null;
  const text = buffer.toString('utf8', 0, bytesRead);
  return FORM.test(text) ? head.parse(JSON.parse(text)) : 'unreadable';
}

/** Reads the head of a folder without locking it. @throws Error of the system */
export async function readHead(directory: string): Promise<Head> {
  try {
    const file = await open(join(directory, HEAD_NAME), 'r');
    try {
      return await readOpenHead(file);
    } finally {
      await file.close();
    }
  } catch (failure) {
    if (isMissing(failure)) return null;
    throw failure;
  }
}
