import type { ReferenceKind } from '../../contract/changes.ts';
import { useLive } from './store.tsx';

/**
 * A number that grows whenever what admins look after was changed somewhere, or may have been changed while this
 * window missed something: part of the key of whatever a panel asks for, so that it asks anew.
 */
export const useReference = (about: ReferenceKind): number => useLive((state) => state.references[about]);
