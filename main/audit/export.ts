import { failure, success } from '../../contract/errors.ts';
import type { Result } from '../../contract/errors.ts';
import type { CheckedInputs } from '../../contract/inputs.ts';
import type { AuditRow } from '../../contract/domain.ts';
import type { ExportStatus } from '../../contract/results.ts';
import type { Act } from './act.ts';
import { entryOf } from './entry.ts';
import type { AuditReads } from './ports.ts';
import type { AuditTrail } from './trail.ts';

type Request = CheckedInputs['audit.export'];

/** A file that takes its name only once it is whole. Everything rejects with what the file system says. */
export interface AuditFile {
  write(rows: readonly AuditRow[]): Promise<void>;
  /** On the disk, under its name. */
  finish(): Promise<void>;
  /** Removes what was written; never rejects. */
  abandon(): Promise<void>;
}

export type OpenAuditFile = (path: string, format: Request['format']) => Promise<AuditFile>;

export interface AuditExports {
  /** Writes in the background; `status` tells how far it is. `conflict`: one is under way. */
  start(request: Request, path: string, act: Act): Result<ExportStatus>;
  status(exportId: string): Result<ExportStatus>;
  /** Resolves when it has ended; nothing of the file is left. One that has ended stays what it is. */
  cancel(exportId: string): Promise<Result<ExportStatus>>;
  /** The program ends: what is under way is given up. */
  stop(): Promise<void>;
}

export interface AuditExportsOptions {
  readonly reads: Pick<AuditReads, 'listAudit'>;
  readonly openFile: OpenAuditFile;
  readonly trail: Pick<AuditTrail, 'record'>;
  readonly newId: () => string;
}

const pageRows = 200;
const mostRemembered = 20;

interface Job {
  status: ExportStatus;
  cancelled: boolean;
  readonly ended: Promise<void>;
}

const fileNameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The audit log as a file: everything that the filter names, newest first, page by page (faults.md, row 34). */
export function createAuditExports({ reads, openFile, trail, newId }: AuditExportsOptions): AuditExports {
  const jobs = new Map<string, Job>();

  async function writePages(job: Job, request: Request, file: AuditFile): Promise<ExportStatus> {
    const { format: _, ...filter } = request;
    let cursor: string | undefined;
    do {
      const page = await reads.listAudit({ ...filter, cursor, limit: pageRows });
      if (!page.ok) return { ...job.status, state: 'failed', message: page.error.message };
      if (job.cancelled) return { ...job.status, state: 'cancelled' };
      await file.write(page.value.items);
      job.status = { ...job.status, rows: job.status.rows + page.value.items.length };
      cursor = page.value.cursor;
    } while (cursor !== undefined);
    await file.finish();
    return { ...job.status, state: 'done' };
  }

  async function run(job: Job, request: Request): Promise<ExportStatus> {
    let file: AuditFile | undefined;
    let end: ExportStatus;
    try {
      file = await openFile(job.status.path, request.format);
      end = await writePages(job, request, file);
    } catch (error) {
      end = { ...job.status, state: 'failed', message: reasonOf(error) };
    }
    if (end.state !== 'done') await file?.abandon();
    return end;
  }

  function begin(request: Request, path: string, act: Act): Job {
    const status: ExportStatus = { exportId: newId(), state: 'running', path, rows: 0 };
    let settle = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const job: Job = { status, cancelled: false, ended };
    void run(job, request).then((end) => {
      job.status = end;
      const { state, rows, message } = end;
      const after = { ...request, file: fileNameOf(path), rows, outcome: state, message };
      trail.record(
        entryOf(act, { action: 'audit.export', entity: 'audit_log', entityId: end.exportId, after }),
      );
      settle();
    });
    return job;
  }

  function remember(job: Job): void {
    jobs.set(job.status.exportId, job);
    for (const id of jobs.keys()) {
      if (jobs.size <= mostRemembered) break;
      jobs.delete(id);
    }
  }

  const unknown = (exportId: string) => failure('not-found', 'No such export here.', { exportId });

  return {
    start(request, path, act) {
      const running = [...jobs.values()].find(({ status }) => status.state === 'running');
      if (running) {
        return failure('conflict', 'Another export is being written here.', { current: running.status });
      }
      const job = begin(request, path, act);
      remember(job);
      return success(job.status);
    },
    status(exportId) {
      const job = jobs.get(exportId);
      return job ? success(job.status) : unknown(exportId);
    },
    async cancel(exportId) {
      const job = jobs.get(exportId);
      if (!job) return unknown(exportId);
      job.cancelled = true;
      await job.ended;
      return success(job.status);
    },
    async stop() {
      for (const job of jobs.values()) job.cancelled = true;
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}
