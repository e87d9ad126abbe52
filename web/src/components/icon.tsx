const paths = {
  overview: 'M4 11.5 12 5l8 6.500M6 10v9h12v-9M10 19v-5h4v5',
  transfer: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  history: 'M12 8v4l3 2M4 12a8 8 0 1 0 2.500-5.800M4 5v4h4',
  orders: 'M6 8h12l1 12H5L6 8ZM9 8a3 3 0 0 1 6 0',
  messages: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15L6 16ZM10 20.500h4',
  settings: 'M12 12.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM5 20a7 7 0 0 1 14 0',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  cross: 'm6 6 12 12M18 6 6 18',
  chevron: 'm9 6 6 6-6 6',
  down: 'm6 9 6 6 6-6',
  download: 'M12 4v11M7.500 11l4.500 4.500L16.500 11M5 20h14',
  print: 'M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z',
  filter: 'M4 6h16M7 12h10M10 18h4',
  alert: 'M12 8v5M12 16.500v.01M12 3.500 2.500 20h19L12 3.500Z',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  back: 'M10 6l-6 6 6 6M4 12h16',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5 0-5-4-2.500-4S12 7 12 7Zm0 0c5 0 5-4 2.500-4S12 7 12 7Z',
  undo: 'M8 5 4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3',
  leave: 'M14 5H6v14h8M10 12h10M17 9l3 3-3 3',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM15.500 15.500 20 20',
  house: 'M4 20h16M5 10h14L12 4 5 10ZM7 10v10M12 10v10M17 10v10',
  audit: 'M7 4h10v16H7zM10 8h4M10 12h4M10 16h4',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  scales: 'M12 5v15M8 20h8M5 8h14M5 8l-2.500 6h5L5 8ZM19 8l-2.500 6h5L19 8Z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400',
} as const;

export type IconName = keyof typeof paths;

/** An icon next to its text. Screen readers skip it. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
