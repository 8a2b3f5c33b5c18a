"""How every panel looks: one style sheet, scoped to the panel so that it touches nothing else on the page.

The panel is paper in light and dark themes alike, because the picture's colours were chosen on white.
"""

from html import escape


def on_page(words: str) -> str:
    """Words fit for a page, where a number keeps its per cent sign on its line."""
    return escape(words).replace(" %", "&nbsp;%")


STYLE = """
<style>
.m4-panel {
  container-type: inline-size; color-scheme: light;
  --jp-widgets-color: #1F2933; --jp-widgets-label-color: #1F2933; --jp-widgets-readout-color: #1F2933;
  --jp-widgets-font-size: 14px; --jp-widgets-input-color: #1F2933; --jp-widgets-input-background-color: #fff;
  --jp-widgets-input-border-color: #7B8794; --jp-widgets-input-focus-border-color: #0072B2;
  --jp-widgets-slider-active-handle-color: #0072B2; --jp-widgets-slider-handle-background-color: #fff;
  --jp-widgets-slider-handle-border-color: #52606D; --jp-layout-color1: #fff; --jp-layout-color2: #EDF1F4;
  --jp-layout-color3: #DDE3E8; --jp-ui-font-color1: #1F2933; --jp-border-color1: #7B8794;
  --jp-brand-color1: #0072B2; --jp-brand-color2: #0072B2; --jp-content-font-color1: #1F2933;
  box-sizing: border-box; width: 100%; max-width: 1060px; margin: 4px 0 12px; padding: 18px 22px 16px;
  background: #fff; color: #1F2933; border: 1px solid #D5DBE1; border-radius: 10px; gap: 14px;
  font: 14px/1.45 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif;
}
.m4-panel .widget-box, .m4-panel.widget-box { overflow: visible; }
.m4-panel > *, .m4-panel .widget-box { margin: 0; }
.m4-panel .widget-html { margin: 0; width: auto; height: auto; min-height: 0; line-height: inherit; }
.m4-panel .widget-html-content {
  line-height: inherit; font-size: inherit; color: inherit; align-self: auto; min-width: 0; }
.m4-panel p { margin: 0; line-height: inherit; }
.m4-panel .m4-sheet { display: none; }
.m4-title { font-size: 18px; font-weight: 600; line-height: 1.3; }
.m4-block { background: #F5F7F9; border-radius: 8px; padding: 12px 16px; gap: 6px; position: relative; }
.m4-tag { font-weight: 700; color: #005A8D; margin-right: .25em; }
.m4-soft { color: #52606D; }
.m4-ask { flex-flow: row wrap; gap: 6px 10px; align-items: end; }
.m4-ask .widget-text { width: auto; margin: 0; }
.m4-ask .widget-text > label { width: auto; margin-right: 8px; }
.m4-ask .widget-text > input { width: 110px; flex: 0 0 auto; }
.m4-ask .widget-radio { width: 100%; height: auto; margin: 0; }
.m4-ask .widget-radio-box { margin: 0; flex-flow: row wrap; gap: 2px 22px; }
.m4-ask .widget-radio-box label { line-height: 22px; height: auto; white-space: normal; }
.m4-panel .jupyter-button {
  width: auto; height: 30px; line-height: 28px; padding: 0 14px; margin: 0; font-size: 14px;
  border: 1px solid #7B8794; border-radius: 6px; box-shadow: none; }
.m4-panel .m4-main.jupyter-button { background: #0072B2; border-color: #0072B2; color: #fff; }
.m4-panel .m4-done.jupyter-button { background: #EDF1F4; border-color: #D5DBE1; color: #52606D; }
.m4-panel .m4-gone { display: none; }
.m4-panel :focus-visible { outline: 2px solid #0072B2; outline-offset: 2px; }
.m4-panel input:disabled, .m4-panel select:disabled { opacity: .55; }
/* Drawn by hand: a browser greys a locked choice until it can hardly be read. */
.m4-ask input[type=radio] { appearance: none; flex: 0 0 auto; width: 14px; height: 14px;
  margin: 4px 7px 0 2px; border: 1.5px solid #52606D; border-radius: 50%; background: #fff; }
.m4-ask input[type=radio]:checked { border: 4.5px solid #0072B2; }
.m4-ask input:disabled, .m4-ask .widget-radio-box label { opacity: 1 !important; }
.m4-ask input[type=text]:disabled { color: #1F2933; -webkit-text-fill-color: #1F2933; background: #EDF1F4; }
.m4-answer .widget-html-content { min-height: 2.9em; }
.m4-body { flex-flow: row wrap; gap: 16px 26px; align-items: flex-start; }
.m4-body > .m4-controls { flex: 1 1 240px; min-width: 230px; max-width: 560px; gap: 10px 20px; display: grid;
  grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); align-items: start; }
.m4-body > .m4-view { flex: 3 1 470px; max-width: 720px; min-width: 0; gap: 6px; }
.m4-number { display: grid; grid-template-columns: 78px 1fr; gap: 2px 12px; align-items: center;
  width: 100%; }
.m4-number > .widget-text { display: contents; }
.m4-number .widget-text > label, .m4-choice .widget-dropdown > label {
  grid-column: 1 / -1; width: 100%; max-width: none; height: auto; text-align: left; line-height: 1.3;
  white-space: normal; margin: 0; }
.m4-number .widget-text > input { grid-column: 1; width: 100%; box-sizing: border-box; padding-right: 2px; }
.m4-number > .widget-box { gap: 8px; }
.m4-number > .widget-box .jupyter-button { padding: 0 10px; }
.m4-action.jupyter-button { justify-self: start; }
.m4-number > .widget-slider { width: auto; margin: 0 8px 0 4px; }
.m4-choice { width: 100%; }
.m4-choice > .widget-dropdown { flex-flow: column; width: 100%; height: auto; margin: 0; }
.m4-choice > .widget-dropdown > select { width: 100%; height: 28px; flex: 0 0 auto; }
.m4-time { gap: 6px; }
.m4-time .widget-play { width: auto; height: auto; margin: 0; gap: 8px; display: flex; }
.m4-time .widget-play .jupyter-button { flex: 0 0 auto; padding: 0 10px; }
.m4-time .widget-play .jupyter-button:nth-child(1)::after { content: " Play / pause"; }
.m4-time .widget-play .jupyter-button:nth-child(2)::after { content: " To start"; }
.m4-picture { width: 100%; contain: layout; }
.m4-picture > .widget-html { width: 100%; }
.m4-picture svg { display: block; width: 100%; height: auto; }
.m4-overlay { pointer-events: none; will-change: transform; } /* its own layer: the axes stay painted */
.m4-lines { gap: 2px; }
.m4-status .widget-html-content { min-height: 2.9em; font-size: 15px; }
.m4-notice .widget-html-content { min-height: 1.45em; color: #8A3D00; }
.m4-meter { display: flex; align-items: center; gap: 10px; margin: 2px 0 4px; }
.m4-bar { position: relative; flex: 1 1 auto; height: 14px; border-radius: 7px; background: #DDE3E8; }
.m4-fill { height: 100%; border-radius: 7px; background: #0072B2; }
.m4-goal { position: absolute; top: -4px; bottom: -4px; width: 3px; margin-left: -1px; background: #1F2933; }
.m4-end { font-size: 12.5px; color: #52606D; }
.m4-words .widget-html-content { min-height: 2.9em; }
.m4-closed > * { visibility: hidden; }
.m4-closed::before {
  content: "The puzzle opens after your prediction.";
  position: absolute; left: 16px; top: 12px; color: #52606D; }
.m4-reveal .widget-html-content {
  position: relative; padding: 12px 16px; background: #F5F7F9; border-radius: 8px; }
.m4-named { border-left: 4px solid #009E73; padding-left: 12px; margin-left: -16px !important; }
.m4-blind { visibility: hidden; }
.m4-wait { position: absolute; color: #52606D; }
.m4-panel [role=alert] {
  border: 2px solid #D55E00; border-radius: 8px; padding: 10px 14px; margin-top: 4px; background: #FFF6F0; }
/* Side by side, the picture's words would be smaller than the page's. */
@container (max-width: 900px) {
  .m4-body > .m4-controls, .m4-body > .m4-view { flex-basis: 100%; max-width: 720px; }
}
/* Narrow panels break lines more often: keep room for them, so that nothing below moves. */
@container (max-width: 760px) {
  .m4-answer .widget-html-content, .m4-words .widget-html-content, .m4-status .widget-html-content {
    min-height: 4.35em; }
}
@container (max-width: 560px) {
  /* The picture needs every pixel: it reaches into the panel's padding. */
  .m4-panel .m4-body > .m4-view { margin: 0 -20px; flex-basis: calc(100% + 40px); width: calc(100% + 40px); }
  .m4-answer .widget-html-content { min-height: 7.25em; }
  .m4-words .widget-html-content, .m4-status .widget-html-content { min-height: 5.8em; }
  .m4-notice .widget-html-content { min-height: 2.9em; }
}
</style>
"""
