import type { SessionState } from '../../../contract/domain.ts';

const person =
  'M12 12.5a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM4.5 20.5c.4-4.4 3.4-6.5 7.5-6.5s7.1 2.1 7.5 6.5Z';
const padlock = 'M6 11h12v9.5H6Z';
const shackle = 'M8.5 11V8a3.5 3.5 0 0 1 7 0v3';

/** Shape of the session, seen before its words: a person, the outline of one that is not there, a padlock. */
export const SessionGlyph = ({ state }: { readonly state: SessionState }) => {
  const usable = state === 'signed-in' || state === 'grace';
  return (
    <svg className="session-glyph" viewBox="0 0 24 24" aria-hidden="true" data-filled={usable}>
      {state === 'locked' ? (
        <>
          <path d={shackle} />
          <path d={padlock} className="session-glyph-body" />
        </>
      ) : (
        <path d={person} className="session-glyph-body" />
      )}
      {!usable && state !== 'locked' && <path d="M4 4l16 16.5" />}
    </svg>
  );
};
