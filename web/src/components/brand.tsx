export function Brand() {
  return (
    <span className="brand">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="brand-mark" />
        <path
          d="M8 12.500A2.500 2.500 0 0 1 10.500 10H21a1.500 1.500 0 0 1 0 3H9.500M8 12v8.500A2.500 2.500 0 0 0 10.500 23H22a2 2 0 0 0 2-2v-6a2 2 0 0 0-2-2"
          className="brand-line"
        />
        <circle cx="20" cy="18" r="1.500" className="brand-dot" />
      </svg>
      Wallet
    </span>
  );
}
