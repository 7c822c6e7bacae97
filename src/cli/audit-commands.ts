import { once } from 'node:events';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AuditQuery } from '../audit/reading/query.js';
import { auditAt, auditExport, auditSearch, auditVerify, type AuditPlace } from './audit.js';
import { terminal } from './terminal.js';

type Filter = {
  readonly from?: number;
  readonly to?: number;
  readonly kind?: string[];
  readonly actor?: string;
  readonly text?: string;
  readonly camera?: string;
  readonly layout?: string;
};

const DEFAULT_LIMIT = 1_000;

/** Adds `audit` and what belongs to it. @param run runs a command and tells what it throws */
export function addAuditCommands(program: Command, run: (command: () => Promise<number>) => Promise<void>): void {
  process.stdout.on('error', () => process.exit(1));
  const audit = program
    .command('audit')
    .description('the audit log of a service, running or not: who did what and what the wall showed');

  placed(audit.command('verify').description('checks every byte, and names what is not what was written')).action(
    (place: AuditPlace) => run(() => auditVerify(place, terminal)),
  );

  filtered(placed(audit.command('search').description('entries, the oldest first, one a line')))
    .option('--limit <number>', 'at most so many', positive, DEFAULT_LIMIT)
    .action((options: AuditPlace & Filter & { limit: number }) =>
      run(() => auditSearch(options, queryOf(options), options.limit, terminal)),
    );

  filtered(
    placed(audit.command('export').description('entries as CSV, or as the lines of the log, to standard output')),
  )
    .addOption(new Option('--format <format>', 'csv or json').choices(['csv', 'json']).default('csv'))
    .action((options: AuditPlace & Filter & { format: 'csv' | 'json' }) =>
      run(() => auditExport(options, queryOf(options), options.format, writeOut)),
    );

  placed(audit.command('at').description('what was on the wall at a moment, and who decided it'))
    .argument('<time>', 'such as "2026-11-03 10:00" (of this machine) or 2026-11-03T10:00:00+08:00', moment)
    .option('--json', 'as JSON', false)
    .action((atMs: number, options: AuditPlace & { json: boolean }) =>
      run(() => auditAt(options, atMs, options.json, terminal)),
    );
}

function placed(command: Command): Command {
  return command
    .option('--state <folder>', "the service's folder, as its own --state")
    .option('--config <file>', "the service's configuration, to find that folder");
}

function filtered(command: Command): Command {
  return command
    .option('--from <time>', 'from this moment on', moment)
    .option('--to <time>', 'before this moment', moment)
    .option('--kind <kinds...>', 'such as command, shown, tile')
    .option('--actor <name>', 'part of the name of whoever is behind it')
    .option('--text <text>', 'part of anything in it')
    .option('--camera <id>', 'that concern a camera')
    .option('--layout <id>', 'that concern a layout');
}

function queryOf({ from, to, kind, actor, text, camera, layout }: Filter): AuditQuery {
  return {
    fromMs: from ?? null,
    toMs: to ?? null,
    kinds: kind ?? null,
    actor: actor ?? null,
    text: text ?? null,
    camera: camera ?? null,
    layout: layout ?? null,
  };
}

/** With an offset as it says, without one in the time zone of this machine; a day alone begins at its midnight. */
function moment(text: string): number {
  const form = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text.trim());
  const atMs = form === null ? Number.NaN : Date.parse(`${form[1]}T${form[2] ?? '00:00'}${form[3] ?? ''}`);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('give a time such as "2026-11-03 10:00"');
  return atMs;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('give a number from 1');
  return value;
}

/** A pipe that is slow is waited for; one that is closed, as by `head`, ends the program without a word. */
async function writeOut(piece: string | Buffer): Promise<void> {
  if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}
