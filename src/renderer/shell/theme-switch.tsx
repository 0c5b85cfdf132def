import { Check, Monitor, Moon, Sun } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { applyTheme, themes, useTheme } from '../components/theme.ts'
import { t } from '../texts/texts.ts'

const signs = { system: Monitor, light: Sun, dark: Moon } as const

/** Light, dark, or whatever the operating system says. */
export const ThemeSwitch = () => {
  const theme = useTheme()
  const Current = signs[theme]
  return (
    <MenuTrigger>
      <Button className="button quiet icon-only" aria-label={`${t.theme.label}: ${t.theme[theme]}`}>
        <Current size={17} aria-hidden="true" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          aria-label={t.theme.label} selectionMode="single" disallowEmptySelection selectedKeys={[theme]}
          onAction={(key) => {
            const chosen = themes.find((name) => name === key)
            if (chosen !== undefined) applyTheme(chosen)
          }}
        >
          {themes.map((name) => {
            const Sign = signs[name]
            return (
              <MenuItem key={name} id={name} className="menu-item" textValue={t.theme[name]}>
                <Sign size={15} aria-hidden="true" />
                {t.theme[name]}
                {name === theme ? <Check size={15} className="tick" aria-hidden="true" /> : null}
              </MenuItem>
            )
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
