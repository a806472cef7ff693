import FlaskConical from 'lucide-react/icons/flask-conical'
import { Button } from '../../ui/button.tsx'

interface FormButtonsProps {
  saveLabel: string
  /** Which of the two was pressed and is under way. */
  pending: 'test' | 'save' | undefined
}

/** Two submit buttons: which one was pressed is part of what is posted, with scripts and without. */
export function FormButtons({ saveLabel, pending }: FormButtonsProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" name="intent" value="save" pending={pending === 'save'}>
        {saveLabel}
      </Button>
      <Button name="intent" value="test" icon={FlaskConical} pending={pending === 'test'}>
        Test
      </Button>
    </div>
  )
}
