/**
 * Puts the focus on what this selector finds, where the control that had it is gone. False where it is not drawn yet: then
 * the next rendering tries again.
 */
export function focusOn(
  template: { querySelector(selector: string): Element | null } | null,
  selector: string,
): boolean {
  const found = template?.querySelector(selector) as HTMLElement | null | undefined;
  found?.focus();
  return Boolean(found);
}
