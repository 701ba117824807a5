// PayPal's button as the sandbox has it. Runs in the browser, served as /sdk/js; the approval page lies beside that
// address, whatever path the app proxies it under.
(() => {
  const { currentScript } = document;
  const address = currentScript.src;
  const namespace = currentScript.dataset.namespace || "paypal";
  const CLOSED_CHECK_MS = 250;
  const REFUSED = {};

  const LOOK =
    "display:block;width:100%;min-height:48px;margin:0;padding:10px 16px;border:0;border-radius:8px;" +
    "background:#ffc439;color:#111;font:600 16px/1.4 system-ui,sans-serif;cursor:pointer";

  function pageFor(kind, id) {
    const page = new URL(kind === "order" ? "../checkoutnow" : "../webapps/billing/subscriptions", address);
    page.searchParams.set(kind === "order" ? "token" : "subscription_id", id);
    return page.href;
  }

  const openWindow = () => window.open("about:blank", "_blank", "popup,width=480,height=760");

  /** What the payer decided in the window; closing it is a no. */
  function decisionIn(popup, kind, id) {
    return new Promise((resolve) => {
      let closedBefore = false;
      const end = (decision) => {
        window.removeEventListener("message", hear);
        clearInterval(watch);
        resolve(decision);
      };
      const hear = ({ origin, data }) => {
        if (origin !== new URL(address).origin || data?.source !== "paypal-sandbox") return;
        if ((kind === "order" ? data.token : data.subscriptionID) === id) end(data);
      };
      // Looked at twice: the page's last message may still be on its way when the window is gone.
      const watch = setInterval(() => {
        if (popup.closed && closedBefore) end({ result: "cancelled" });
        closedBefore = popup.closed;
      }, CLOSED_CHECK_MS);
      window.addEventListener("message", hear);
    });
  }

  function createButtons(props = {}) {
    const kind = props.createSubscription ? "subscription" : "order";
    let holder;
    let popup;
    let enabled = true;
    let busy = false;

    const button = () => holder?.querySelector("button");

    function setEnabled(on) {
      enabled = on;
      const element = button();
      if (element) {
        element.disabled = !on;
        element.style.opacity = on ? "1" : "0.5";
      }
      return Promise.resolve();
    }

    function fail(error) {
      if (props.onError) props.onError(error);
      else console.error("PayPal sandbox:", error);
    }

    const create = () =>
      kind === "order"
        ? props.createOrder({ paymentSource: "paypal" }, { order: { create: notHere } })
        : props.createSubscription({}, { subscription: { create: notHere, revise: notHere } });

    async function askPayer(id) {
      const page = pageFor(kind, id);
      // Without a window of its own the page takes this one's place, and sends the payer back by itself.
      if (!popup) return location.assign(page);
      popup.location.replace(page);
      const { result, token, payerID } = await decisionIn(popup, kind, id);
      const ids = kind === "order" ? { orderID: id } : { orderID: token ?? null, subscriptionID: id };
      if (result !== "approved") return props.onCancel?.(ids);
      const data = { ...ids, payerID, paymentSource: "paypal", facilitatorAccessToken: "" };
      await props.onApprove?.(data, {
        order: { capture: notHere, get: notHere },
        subscription: { get: notHere },
        redirect: (url) => location.assign(url),
        restart: () => {
          popup = openWindow();
          return askPayer(id);
        },
      });
    }

    async function pay() {
      if (popup && !popup.closed) return popup.focus();
      if (busy) return;
      busy = true;
      try {
        const actions = { resolve: () => true, reject: () => REFUSED };
        const clicked = props.onClick?.({ fundingSource: "paypal" }, actions);
        if (isNo(clicked)) return;
        // At once, or the browser takes it for an advertisement.
        popup = openWindow();
        if (isNo(await clicked)) return popup?.close();
        await askPayer(await create());
      } catch (error) {
        popup?.close();
        fail(error);
      } finally {
        busy = false;
      }
    }

    return {
      isEligible: () => !props.fundingSource || props.fundingSource === "paypal",

      async render(target) {
        const container = typeof target === "string" ? document.querySelector(target) : target;
        if (!container) throw new Error(`PayPal sandbox: there is no element ${target}.`);
        holder?.remove();
        holder = document.createElement("div");
        const element = document.createElement("button");
        element.type = "button";
        element.textContent = "Pay with PayPal (sandbox)";
        element.style.cssText = LOOK;
        element.addEventListener("click", () => {
          if (enabled) void pay();
        });
        holder.append(element);
        container.append(holder);
        setEnabled(enabled);
        props.onInit?.({}, { enable: () => setEnabled(true), disable: () => setEnabled(false) });
      },

      /** The button goes; a payment under way does not, for its approval must not be lost. */
      async close() {
        holder?.remove();
        holder = undefined;
      },

      updateProps(changed) {
        Object.assign(props, changed);
        return Promise.resolve();
      },
    };
  }

  const isNo = (answer) => answer === false || answer === REFUSED;

  function notHere() {
    return Promise.reject(new Error("The PayPal sandbox does this on the server only."));
  }

  window[namespace] = {
    version: "5.0.0-sandbox",
    FUNDING: { PAYPAL: "paypal", VENMO: "venmo", CREDIT: "credit", PAYLATER: "paylater", CARD: "card" },
    getFundingSources: () => ["paypal"],
    isFundingEligible: (source) => source === "paypal",
    Buttons: createButtons,
  };
})();
