import { hasAdminKey, useAdminWords } from '../../ui/i18n.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import type { MarkState } from '../../ui/state-mark.tsx';

const markOf = (status: string | undefined): MarkState => {
  switch (status) {
    case 'ok':
      return 'ok';
    case 'degraded':
      return 'warning';
    case 'offline':
      return 'critical';
    default:
      return 'none';
  }
};

/** A camera's state with its mark; a word of the camera system that we do not know stands as it is. */
export const CameraStateWords = ({ status }: { readonly status: string | undefined }) => {
  const { t } = useAdminWords();
  const key = `camera.${status ?? 'unknown'}`;
  return (
    <span className="camera-state" data-state={status ?? 'unknown'}>
      <StateMark state={markOf(status)} decorative /> {hasAdminKey(key) ? t(key) : status}
    </span>
  );
};
