import type { QueueCounts } from './queue-model.js';

/**
 * What the queue system answers: FIWARE Smart Data Models, `QueueMonitor`, key-values representation, with the hall's
 * own three counts beside it (`servedToday`, `servedThisMonth`, `averageWaitMinutes`). Counts only, never people.
 */
export type QueueMonitor = {
  readonly id: string;
  readonly type: 'QueueMonitor';
  readonly dateModified: string;
  readonly officeName: string;
  readonly serviceName: string;
  readonly serviceId: string;
  readonly serviceStatus: 'Open' | 'Closed' | 'Suspended';
  readonly queueLine: string;
  readonly linePriority: number;
  readonly lastTicketIssued: number;
  readonly lastTicketIssuedLabel: string;
  readonly ticketServed: number;
  readonly ticketServedLabel: string;
  readonly ticketsToServe: number;
  readonly servedToday: number;
  readonly servedThisMonth: number;
  readonly averageWaitMinutes: number;
};

/** Letters that nobody takes for a digit. */
const SERIES = 'ABCDEFGH';

/** The label on a ticket: a letter and three digits, such as `A047`; after 999 comes the next letter's 001. */
export function ticketLabel(ticket: number): string {
  const index = Math.max(0, ticket - 1);
  const letter = SERIES[Math.floor(index / 999) % SERIES.length] ?? 'A';
  return `${letter}${String((index % 999) + 1).padStart(3, '0')}`;
}

/** The answer for the counts of one moment. */
export function queueMonitor(counts: QueueCounts): QueueMonitor {
  return {
    id: 'urn:ngsi-ld:QueueMonitor:rehearsal-hall',
    type: 'QueueMonitor',
    dateModified: new Date(counts.changedAtMs).toISOString(),
    officeName: '政务服务中心',
    serviceName: '综合窗口',
    serviceId: 'rehearsal-hall',
    serviceStatus: 'Open',
    queueLine: '全部事项',
    linePriority: 1,
    lastTicketIssued: counts.lastTicketIssued,
    lastTicketIssuedLabel: ticketLabel(counts.lastTicketIssued),
    ticketServed: counts.ticketServed,
    ticketServedLabel: ticketLabel(counts.ticketServed),
    ticketsToServe: counts.ticketsToServe,
    servedToday: counts.servedToday,
    servedThisMonth: counts.servedThisMonth,
    averageWaitMinutes: counts.averageWaitMinutes,
  };
}
