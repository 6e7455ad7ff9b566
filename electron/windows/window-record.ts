import type { BrowserWindow } from 'electron';
import type { WindowKind } from '../../contract/methods.ts';
import type { WindowContext } from '../../contract/results.ts';
import type { Rectangle } from './placement.ts';

/** One window of ours, from its creation to its end; its page and its process may be replaced in between. */
export interface WindowRecord {
  /** Of its web contents: what the sender of a call is recognised by. */
  readonly id: number;
  readonly kind: WindowKind;
  readonly window: BrowserWindow;
  context: WindowContext;
  /** A car window kept ready, not yet given to the person. */
  spare: boolean;
  /** Where the person put it, on which display; survives the display being away. */
  home: { readonly displayId: number; readonly bounds: Rectangle };
  /** What it becomes when it is shown; absent once it has been. */
  opening: { readonly maximized: boolean; readonly fullScreen: boolean } | undefined;
  /** Moved away from a display that is gone, to be brought back. */
  displaced: boolean;
  /** When its page's process went, ms, latest last. */
  crashes: readonly number[];
}
