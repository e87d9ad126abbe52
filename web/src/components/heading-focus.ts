import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

let shownPath: string | null = null;

/**
 * A reference for the heading of a page. When a person comes from another page, the heading gets the focus, so that a
 * screen reader reads it and the keyboard goes on from there. A field of the page that has taken the focus keeps it. On
 * the first page of a document the focus stays where the browser has put it.
 */
export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const isOtherPage = shownPath !== null && shownPath !== pathname;
    shownPath = pathname;
    if (!isOtherPage) return;
    scrollTo(0, 0);
    if (heading.current?.closest('.page, .welcome')?.contains(document.activeElement) === true) return;
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return heading;
}

/** Moves the focus to the heading of the page, such as after a list has been turned to its next page. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

/** Long enough for a dialog that closes to give the focus back to its button. */
export const settledMs = 100;

/**
 * Moves the focus to the heading where the focused element is gone, such as a "Try again" that has worked. Otherwise
 * the keyboard would start again at the top of the window, and a screen reader would say nothing.
 */
export function useFocusRescue(): void {
  useEffect(() => {
    let focused: EventTarget | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remember = ({ target }: FocusEvent) => {
      focused = target;
    };
    const isLost = () =>
      document.activeElement === document.body &&
      focused instanceof Element &&
      (!focused.isConnected || focused.matches(':disabled'));
    const rescue = () => {
      if (isLost()) focusHeading();
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(rescue, settledMs);
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
}
