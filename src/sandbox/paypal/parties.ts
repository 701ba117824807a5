/** Who gets the money. The merchant id is what an app has to find on every payment it believes. */
export const SELLER = { email_address: "seller@sandbox.example", merchant_id: "SANDBOXMERCHANT" } as const;

/** Who gets it when a payment was asked to go astray. */
export const STRANGER = { email_address: "stranger@sandbox.example", merchant_id: "ANOTHERMERCHANT" } as const;

/** Who pays, always. */
export const PAYER = {
  name: { given_name: "Sandy", surname: "Box" },
  email_address: "buyer@sandbox.example",
  payer_id: "SANDBOXPAYER1",
  address: { country_code: "US" },
} as const;
