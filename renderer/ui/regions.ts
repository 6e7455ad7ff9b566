/** F6 walks through the parts of a window: each is marked with data-region and receives focus at its first stop. */
export const focusNextRegion = (backwards: boolean): void => {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const step = backwards ? -1 : 1;
  for (let count = 1; count <= regions.length; count += 1) {
    const region = regions[(at + count * step + regions.length * 2) % regions.length];
    const stop = region?.querySelector<HTMLElement>(
      '[role="listbox"][tabindex="0"], [tabindex="0"], button:not(:disabled), input, select, textarea',
    );
    if (stop === null || stop === undefined) continue;
    stop.focus();
    return;
  }
};
