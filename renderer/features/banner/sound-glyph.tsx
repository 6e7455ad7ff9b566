import type { SoundStanding } from './sound-words.ts';

/** A loudspeaker: with waves while it sounds, crossed out while it cannot be heard. */
export const SoundGlyph = ({ standing }: { readonly standing: SoundStanding }) => (
  <svg className="sound-glyph" viewBox="0 0 24 24" aria-hidden="true">
    <path className="sound-glyph-body" d="M3 9.5h4l5.5-4.5v14L7 14.5H3Z" />
    {standing === 'sounding' && <path d="M15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11" />}
    {(standing === 'quiet' || standing === 'starting') && <path d="M15.5 9a4.5 4.5 0 0 1 0 6" />}
    {(standing === 'muted' || standing === 'missing' || standing === 'silenced') && (
      <path d="M15.5 9.5l5 5M20.5 9.5l-5 5" />
    )}
  </svg>
);
