import { X } from "lucide-react";
import * as Toast from "radix-ui/toast";
import type { ReactNode } from "react";
import { createContext, useCallback, useContext, useState } from "react";

interface Message {
  key: number;
  title: string;
  detail: string;
}

type Tell = (title: string, detail: string) => void;

const TellContext = createContext<Tell>(() => {});

/** Tells the fan something that went otherwise than they wished. */
export function useToast(): Tell {
  return useContext(TellContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const tell = useCallback<Tell>((title, detail) => {
    setMessages((now) => {
      const others = now.filter((message) => message.detail !== detail);
      const key = (now.at(-1)?.key ?? 0) + 1;
      return [...others.slice(-2), { key, title, detail }];
    });
  }, []);
  const drop = (key: number) => setMessages((now) => now.filter((message) => message.key !== key));
  return (
    <TellContext.Provider value={tell}>
      <Toast.Provider duration={7000} label="Message">
        {children}
        {messages.map((message) => (
          <ToastCard key={message.key} message={message} onGone={() => drop(message.key)} />
        ))}
        <Toast.Viewport className="fixed inset-x-3 bottom-24 z-50 mx-auto flex max-w-sm flex-col gap-2 outline-none sm:right-6 sm:left-auto sm:mx-0 lg:bottom-6" />
      </Toast.Provider>
    </TellContext.Provider>
  );
}

function ToastCard({ message, onGone }: { message: Message; onGone: () => void }) {
  return (
    <Toast.Root
      onOpenChange={(open) => !open && onGone()}
      className="toast flex w-full items-start gap-3 rounded-2xl bg-ink p-4 pr-2 text-paper shadow-poster sm:w-96"
    >
      <div className="min-w-0 grow">
        <Toast.Title className="font-display text-lg leading-tight font-bold">
          {message.title}
        </Toast.Title>
        <Toast.Description className="wrap-title mt-1 text-[0.9375rem] leading-snug">
          {message.detail}
        </Toast.Description>
      </div>
      <Toast.Close
        aria-label="Close"
        className="-my-2 grid size-11 shrink-0 place-items-center rounded-full hover:bg-paper/15 focus-visible:outline-paper"
      >
        <X aria-hidden size={18} />
      </Toast.Close>
    </Toast.Root>
  );
}
