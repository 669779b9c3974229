// All requests to the server: the public API, relative to the path where the dashboard is mounted.

import { parse } from './exact.js';

const API = new URL('../api/v1/', document.baseURI);

/** A request that the server refused or could not carry out, as its RFC 9457 answer describes it. */
export class Problem extends Error {
  /** @param {number} status 0 when there was no answer @param {string} title @param {string} detail */
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** The address of a route of the API, for links and for people who copy it. */
export function address(path, query = {}) {
  const url = new URL(path, API);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        url.searchParams.append(name, String(one));
      }
    }
  }
  return url;
}

export function get(path, query, signal) {
  return send('GET', address(path, query), undefined, signal);
}

export function post(path, body, query) {
  return send('POST', address(path, query), body);
}

export function put(path, body) {
  return send('PUT', address(path), body);
}

export function remove(path) {
  return send('DELETE', address(path));
}

async function send(method, url, body, signal) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') {
    const token = cookie('XSRF-TOKEN');
    if (token) {
      headers['X-XSRF-TOKEN'] = token;
    }
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await answer(url, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  if (response.status === 204) {
    return null;
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return parse(await response.text());
}

async function answer(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, 'No answer', 'The server does not answer. Is it running, and is the network there?');
  }
}

async function problem(response) {
  try {
    const told = await response.json();
    return new Problem(response.status, told.title ?? `Status ${response.status}`, told.detail ?? '');
  } catch {
    return new Problem(response.status, `Status ${response.status}`, 'The server gave no reason.');
  }
}

function cookie(name) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}
