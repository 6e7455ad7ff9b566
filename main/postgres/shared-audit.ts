import { success } from '../../contract/errors.ts';
import type { SharedAudit } from '../audit/ports.ts';
import type { Ask } from './ask.ts';
import { storableJson } from './text.ts';

/** Entries of this workstation into the audit log, each once however often it is sent. */
export const createSharedAudit = (ask: Ask): SharedAudit => ({
  async writeAudit(entries) {
    if (entries.length === 0) return success(undefined);
    return ask(
      { label: 'audit_entries', text: 'select vicore.audit_entries($1)', values: [storableJson(entries)] },
      () => success(undefined),
    );
  },
});
