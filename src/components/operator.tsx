"use client";

import { createContext, useContext } from "react";

/** Filled by the layout: whether whoever reads administers this instance, and may read the story of a request. */
export const OperatorContext = createContext(false);

export const useIsOperator = () => useContext(OperatorContext);
