import { success } from '../../contract/errors.ts';
import type { PersonDirectory, PersonRights } from '../auth/ports.ts';
import { type Ask, onlyRow } from './ask.ts';
import { storable, storableJson } from './text.ts';

/** Who may do what here, by the shared record (resources/migrations/0006_people.sql). */
export const createPersons = (ask: Ask): PersonDirectory => ({
  registerPerson: (person, workstation, correlationId) =>
    ask<PersonRights, PersonRights>(
      {
        label: 'record_person',
        text: 'select active, role, overridden from vicore.record_person($1, $2, $3)',
        values: [storableJson(person), storable(workstation), correlationId],
        correlationId,
      },
      onlyRow(success),
    ),
  findPerson: (subject) =>
    ask<PersonRights, PersonRights | undefined>(
      {
        label: 'find_person',
        text: 'select active, role, overridden from vicore.find_person($1)',
        values: [storable(subject)],
      },
      ([rights]) => success(rights),
    ),
});
