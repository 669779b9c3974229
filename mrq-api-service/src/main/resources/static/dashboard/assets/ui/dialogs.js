// Questions before something happens, on the browser's own modal dialog.

import { html, nothing, render } from 'lit-html';

/**
 * Opens a dialog. The body gets `close(answer)` and `draw()`; Escape and the backdrop answer null.
 *
 * @param {string} title
 * @param {(dialog: {close: (answer: unknown) => void, draw: () => void}) => unknown} body draws what is below the title
 * @returns {Promise<unknown>}
 */
export function ask(title, body) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const element = document.createElement('dialog');
    element.setAttribute('aria-labelledby', 'dialog-title');
    document.body.append(element);
    let answer = null;
    const close = (given) => {
      answer = given;
      element.close();
    };
    const draw = () =>
      render(html`<form method="dialog" @submit=${(event) => event.preventDefault()}>
        <h2 id="dialog-title">${title}</h2>${body({ close, draw })}
      </form>`, element);
    element.addEventListener('close', () => {
      element.remove();
      before?.focus?.();
      resolve(answer);
    });
    element.addEventListener('click', (event) => {
      if (event.target === element) {
        close(null);
      }
    });
    draw();
    element.showModal();
    element.querySelector('[autofocus], input')?.focus();
  });
}

/**
 * Asks before one thing happens.
 *
 * @param {{title: string, text: unknown, act: string, danger?: boolean, reason?: string}} question `reason`: the label of a text to give with it
 * @returns {Promise<{reason: string}|null>} null: no
 */
export function confirm({ title, text, act, danger = false, reason = null }) {
  let given = '';
  return ask(title, ({ close }) => html`
    <div>${text}</div>
    ${reason
      ? html`<div class="field"><label for="dialog-reason">${reason}</label>
          <input class="input" id="dialog-reason" maxlength="200" autocomplete="off" @input=${(event) => { given = event.target.value; }}
            @keydown=${(event) => { if (event.key === 'Enter') { close({ reason: given }); } }}></div>`
      : nothing}
    <div class="foot">
      <button class="button" type="button" @click=${() => close(null)}>Back</button>
      <button class="button ${danger ? 'danger' : 'main-act'}" type="button" ?autofocus=${!reason} @click=${() => close({ reason: given })}>${act}</button>
    </div>`);
}
