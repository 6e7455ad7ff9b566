import { useEffect, useState } from 'react';
import { call } from '../../live/call.ts';
import { useAsk } from '../../ui/ask.ts';
import { useWords } from '../../ui/i18n.ts';
import { errorText } from '../../ui/error-text.ts';

interface SpringImageProps {
  readonly passId: string;
  readonly imageId: string | undefined;
  readonly code: string;
}

const Picture = ({ passId, imageId, code }: SpringImageProps & { readonly imageId: string }) => {
  const { t, language } = useWords();
  const asked = useAsk(`image ${passId} ${imageId}`, () => call('springs.image', { passId, imageId }));
  const [address, setAddress] = useState<string>();
  const image = asked.kind === 'ready' ? asked.value : undefined;
  useEffect(() => {
    if (image === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([new Uint8Array(image.bytes)], { type: image.mime }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [image]);
  if (asked.kind === 'failed') {
    return (
      <div className="image-none" role="alert">
        <p>{t('image.failed')}</p>
        <p className="secondary">{errorText(asked.error, t, language)}</p>
        <button type="button" className="button" onClick={asked.retry}>
          {t('error.retry')}
        </button>
      </div>
    );
  }
  if (address === undefined) {
    return (
      <div className="image-none" role="status">
        {t('image.loading')}
      </div>
    );
  }
  return (
    <img
      className="image"
      src={address}
      alt={t('image.alt', { position: code })}
      data-testid="spring-image"
    />
  );
};

/** The camera's picture of the spring: loading, failed and none are pictures of their own, never a blank. */
export const SpringImage = ({ passId, imageId, code }: SpringImageProps) => {
  const { t } = useWords();
  return (
    <figure className="image-frame" aria-label={t('image.title')}>
      {imageId === undefined ? (
        <div className="image-none secondary">{t('image.none')}</div>
      ) : (
        <Picture key={imageId} passId={passId} imageId={imageId} code={code} />
      )}
    </figure>
  );
};
