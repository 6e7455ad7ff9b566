import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showWhenReady } from './show-when-ready.ts';

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  readonly show = vi.fn();
  destroyed = false;
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a window shows with its first picture, once', () => {
  const window = new FakeWindow();
  const beforeShow = vi.fn();
  showWhenReady(window, beforeShow);
  expect(window.show).not.toHaveBeenCalled();
  window.emit('ready-to-show');
  expect(window.show).toHaveBeenCalledOnce();
  window.webContents.emit('did-finish-load');
  vi.runAllTimers();
  expect(window.show).toHaveBeenCalledOnce();
  expect(beforeShow).toHaveBeenCalledOnce();
});

test('a loaded page is shown although nobody says that it is painted', () => {
  const window = new FakeWindow();
  showWhenReady(window);
  window.webContents.emit('did-finish-load');
  vi.runAllTimers();
  expect(window.show).toHaveBeenCalledOnce();
});

test('a window that was closed meanwhile is left alone', () => {
  const window = new FakeWindow();
  showWhenReady(window);
  window.webContents.emit('did-finish-load');
  window.destroyed = true;
  vi.runAllTimers();
  expect(window.show).not.toHaveBeenCalled();
});
