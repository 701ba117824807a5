import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

/** A sheet with a rough brush (`edge`) and a wet one (`wash`) to draw with. */
function Sheet({ id, box, className, children }: { id: string; box: string; className: string; children: ReactNode }) {
  return (
    <svg
      viewBox={box}
      aria-hidden="true"
      className={cn("w-full rounded-md", className)}
      preserveAspectRatio="xMidYMid slice"
    >
      <defs>
        <filter id={`${id}-edge`} x="-10%" y="-10%" width="120%" height="120%">
          <feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="3" seed="7" />
          <feDisplacementMap in="SourceGraphic" scale="9" />
        </filter>
        <filter id={`${id}-wash`} x="-20%" y="-20%" width="140%" height="140%">
          <feTurbulence type="fractalNoise" baseFrequency="0.018" numOctaves="4" seed="3" />
          <feDisplacementMap in="SourceGraphic" scale="26" result="bent" />
          <feGaussianBlur in="bent" stdDeviation="1.6" />
        </filter>
        <linearGradient id={`${id}-fade`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#2b2a30" stopOpacity="0.9" />
          <stop offset="1" stopColor="#2b2a30" stopOpacity="0" />
        </linearGradient>
      </defs>
      {children}
    </svg>
  );
}

export function InkMoon() {
  return (
    <Sheet id="moon" box="0 0 400 400" className="aspect-square">
      <rect width="400" height="400" fill="#1c2430" />
      <rect y="236" width="400" height="164" fill="#151b25" />
      <circle cx="200" cy="142" r="92" fill="#f3ead7" opacity="0.08" filter="url(#moon-wash)" />
      <circle cx="200" cy="142" r="62" fill="#f3ead7" filter="url(#moon-edge)" />
      <path d="M-10 238c60-14 96-6 150-2s130-16 270-4v12H-10Z" fill="#0d1118" opacity="0.85" filter="url(#moon-edge)" />
      <g stroke="#f3ead7" strokeLinecap="round" filter="url(#moon-edge)">
        <path d="M158 262h88" strokeWidth="7" opacity="0.85" />
        <path d="M140 284h60m24 0h44" strokeWidth="6" opacity="0.6" />
        <path d="M166 306h72" strokeWidth="5" opacity="0.45" />
        <path d="M120 328h50m44 0h70" strokeWidth="4" opacity="0.3" />
        <path d="M174 352h60" strokeWidth="3" opacity="0.22" />
        <path d="M150 374h24m40 0h48" strokeWidth="2" opacity="0.16" />
      </g>
    </Sheet>
  );
}

export function InkMountains() {
  return (
    <Sheet id="hills" box="0 0 640 360" className="aspect-video">
      <rect width="640" height="360" fill="#e9e2d2" />
      <circle cx="492" cy="92" r="34" fill="#c9b38a" opacity="0.55" filter="url(#hills-wash)" />
      <path
        d="M-20 210C60 150 110 120 170 150s90-60 150-70 96 66 160 62 120-40 190-12v230H-20Z"
        fill="url(#hills-fade)"
        opacity="0.34"
        filter="url(#hills-wash)"
      />
      <path
        d="M-20 262c70-30 120-84 190-66s110 44 180 12 130-24 190 10 90 10 120 0v160H-20Z"
        fill="url(#hills-fade)"
        opacity="0.58"
        filter="url(#hills-wash)"
      />
      <path
        d="M-20 318c90-40 150-22 220-30s120-52 200-34 130 48 260 8v120H-20Z"
        fill="url(#hills-fade)"
        filter="url(#hills-wash)"
      />
      <g stroke="#1d1c20" fill="none" strokeLinecap="round" filter="url(#hills-edge)">
        <path d="M96 300v-44m-12 16 12-8 12 10m-22 8 10-6 12 6" strokeWidth="3" />
        <path d="M126 304v-28m-8 12 8-6 8 6" strokeWidth="2.4" />
      </g>
      <path d="M330 66q8-8 14 0 6-8 14 0M372 50q6-6 10 0 5-6 10 0" stroke="#1d1c20" strokeWidth="2" fill="none" />
    </Sheet>
  );
}

export function InkBranch() {
  return (
    <Sheet id="branch" box="0 0 300 400" className="aspect-3/4">
      <rect width="300" height="400" fill="#efe8da" />
      <ellipse cx="190" cy="120" rx="110" ry="80" fill="#8fa0a3" opacity="0.28" filter="url(#branch-wash)" />
      <g stroke="#1d1b1c" fill="none" strokeLinecap="round" filter="url(#branch-edge)">
        <path d="M20 410c30-70 60-110 84-168" strokeWidth="15" />
        <path d="M104 242c20-50 62-74 96-118" strokeWidth="9" />
        <path d="M200 124c14-20 26-44 62-72" strokeWidth="5" />
        <path d="M108 236c-10-46-22-62-20-112" strokeWidth="6" />
        <path d="M88 124c2-22 14-34 16-58" strokeWidth="3" />
        <path d="M150 178c34 2 52-14 88-6" strokeWidth="4" />
        <path d="M176 152c-8-30-4-44 4-66" strokeWidth="3" />
      </g>
      <g fill="#6e2f4a" filter="url(#branch-edge)">
        <circle cx="262" cy="52" r="9" />
        <circle cx="238" cy="80" r="6" opacity="0.7" />
        <circle cx="104" cy="66" r="8" />
        <circle cx="88" cy="128" r="5" opacity="0.8" />
        <circle cx="180" cy="86" r="7" />
        <circle cx="238" cy="172" r="8" />
        <circle cx="206" cy="174" r="5" opacity="0.7" />
      </g>
    </Sheet>
  );
}
