// The addresses of pages. An address describes everything that a page shows, so every view can be shared.

const ROOT = new URL('./', document.baseURI);

/** @typedef {{page: string, id: string|null, query: URLSearchParams}} Place */

/** @returns {Place} */
export function here() {
  const path = location.pathname.startsWith(ROOT.pathname) ? location.pathname.slice(ROOT.pathname.length) : '';
  const [page, id] = path.split('/').map(decodeURIComponent);
  return { page: page || 'overview', id: id || null, query: new URLSearchParams(location.search) };
}

/** The address of a page, below the path where the dashboard is mounted. */
export function link(page, query = {}, id = null) {
  const url = new URL((page === 'overview' ? '' : page) + (id === null ? '' : `/${encodeURIComponent(id)}`), ROOT);
  for (const [name, value] of query instanceof URLSearchParams ? query : entries(query)) {
    url.searchParams.append(name, value);
  }
  return url.pathname + url.search;
}

function entries(query) {
  return Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((one) => one !== undefined && one !== null && one !== '')
      .map((one) => [name, String(one)]),
  );
}

/** Goes to an address of the dashboard without reloading it. */
export function go(address, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, '', address);
  } else {
    history.pushState(null, '', address);
  }
  window.dispatchEvent(new CustomEvent('mrq:moved'));
}

/** Calls back after every change of the address. Plain clicks on links of the dashboard change it without a reload. */
export function onMove(callback) {
  window.addEventListener('popstate', callback);
  window.addEventListener('mrq:moved', callback);
  document.addEventListener('click', (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const anchor = event.target.closest?.('a[href]');
    if (!plain || !anchor || anchor.target || anchor.hasAttribute('download') || event.defaultPrevented) {
      return;
    }
    const url = new URL(anchor.href);
    if (url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname) && !url.hash) {
      event.preventDefault();
      go(url.pathname + url.search);
    }
  });
}
